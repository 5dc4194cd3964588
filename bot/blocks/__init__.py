"""How it looks: values in, Block Kit out. Nothing here sends anything."""
