"""Settings: everything the environment decides, read once, at the roof."""

from hashlib import blake2b
from pathlib import Path

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_API = "https://slack.com/api/"
HUGGING_FACE = "https://huggingface.co"


class SettingsProblem(Exception):
    """A setting is missing or cannot be read. The message is one sentence."""


class Settings(BaseSettings):
    """One value for each line of the README's table; names unknown to it are ignored."""

    model_config = SettingsConfigDict(
        env_prefix="PAPERS_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    # Slack's names as Slack writes them.
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_api_url: str = Field(SLACK_API, validation_alias="SLACK_API_URL", pattern="^https?://")
    # Hugging Face's by convention.
    hf_endpoint: str = Field(HUGGING_FACE, validation_alias="HF_ENDPOINT", pattern="^https?://")
    hf_token: SecretStr | None = Field(None, validation_alias="HF_TOKEN")
    port: int = Field(3000, validation_alias="PORT", ge=1, le=65535)
    # Ours.
    given_database_url: SecretStr | None = Field(
        None, validation_alias=AliasChoices("PAPERS_DATABASE_URL", "DATABASE_URL")
    )
    data_dir: Path = Field(default_factory=lambda: user_data_path("papers-bot"))
    contact: str = ""

    @property
    def database_url(self) -> str:
        """Where the bot remembers; without a setting, a SQLite file in the data folder."""
        if self.given_database_url is not None:
            return self.given_database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'papers.db'}"

    @property
    def index_folder(self) -> Path:
        """Where the search index lives: one for each database, since it follows one."""
        name = blake2b(self.database_url.encode(), digest_size=4).hexdigest()
        return self.data_dir / f"index-{name}"


def read_settings() -> Settings:
    """The environment and `.env`, or one sentence about what is wrong with them."""
    try:
        return Settings()
    except ValidationError as problem:
        first = problem.errors()[0]
        name = str(first["loc"][0])
        name = name if name.isupper() else f"PAPERS_{name.upper()}"
        raise SettingsProblem(f"{name} cannot be used: {first['msg'].lower()}.") from None
