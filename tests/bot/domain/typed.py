"""What people may type: texts of any kind, and those made of the grammar's own marks."""

from hypothesis import strategies as st

marks = st.sampled_from(
    ['"', "(", ")", "-", "+", ",", " AND ", " OR ", " NOT ", " ", " ", "cat:", "author:", "title:",
     "org:", "id:", "has:code", "source:", "cs.CL", "GPT4", "U-Net", "on-line", "$\\alpha$", "C++",
     ".NET", "10,000", "RAG", "agents", "深度", "\\", "'", "é", "ß", "Σς", "\u200b", "\ud800"]
)  # fmt: skip
anything = st.one_of(st.text(), st.lists(st.one_of(marks, st.text(max_size=3))).map("".join))
