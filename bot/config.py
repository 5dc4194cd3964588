"""Settings: everything the environment decides, read once, at the roof."""

import re
from hashlib import blake2b
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.feeds_named import NotAFeed, check

SLACK_API = "https://slack.com/api/"
HUGGING_FACE = "https://huggingface.co"
ARXIV = "https://export.arxiv.org"
BIORXIV = "https://api.biorxiv.org"
_AN_ADDRESS = "an address that begins with https:// or http://"
_CATEGORY = re.compile(r"(?=.{1,32}$)[a-z]+(-[a-z]+)*(\.[A-Za-z]{2}|\.[a-z]+(-[a-z]+)*)?")
_CATEGORIES = "categories of arXiv such as cs.CL cs.LG"
_A_PORT = "a number from 1 to 65535"


class SettingsProblem(Exception):
    """A setting is missing or cannot be read. The message is one sentence."""


def _address(said: str) -> str:
    """Something that a request can be sent to."""
    parts = urlsplit(said)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError(said)
    if any(letter.isspace() for letter in said):
        raise ValueError(said)
    return said


def _categories(said: str) -> str:
    """Names with spaces, commas or plus signs between them."""
    names = said.replace(",", " ").replace("+", " ").split()
    if not all(_CATEGORY.fullmatch(each) for each in names):
        raise ValueError(said)
    return " ".join(dict.fromkeys(names))


Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseSettings):
    """One value for each line of the README's table; names unknown to it are ignored."""

    model_config = SettingsConfigDict(
        env_prefix="PAPERS_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    # Slack's names as Slack writes them.
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_api_url: Address = Field(
        SLACK_API, validation_alias="SLACK_API_URL", description=_AN_ADDRESS
    )
    # Hugging Face's by convention.
    hf_endpoint: Address = Field(
        HUGGING_FACE, validation_alias="HF_ENDPOINT", description=_AN_ADDRESS
    )
    hf_token: SecretStr | None = Field(None, validation_alias="HF_TOKEN")
    port: int = Field(3000, validation_alias="PORT", ge=1, le=65535, description=_A_PORT)
    # Ours.
    given_database_url: SecretStr | None = Field(
        None, validation_alias=AliasChoices("PAPERS_DATABASE_URL", "DATABASE_URL")
    )
    data_dir: Path = Field(default_factory=lambda: user_data_path("papers-bot"))
    contact: str = ""
    arxiv_url: Address = Field(ARXIV, validation_alias="PAPERS_ARXIV_URL", description=_AN_ADDRESS)
    arxiv_categories: Annotated[str, AfterValidator(_categories)] = Field(
        "", validation_alias="PAPERS_ARXIV_CATEGORIES", description=_CATEGORIES
    )
    # Not printed: some addresses hold a secret.
    feeds: Annotated[str, AfterValidator(check)] = Field("", repr=False)
    biorxiv_url: Address = Field(
        BIORXIV, validation_alias="PAPERS_BIORXIV_URL", description=_AN_ADDRESS
    )
    embedding_model: str = ""

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
        name, why = first["loc"][0], first.get("ctx", {}).get("error")
        if isinstance(why, NotAFeed):
            raise SettingsProblem(str(why)) from None
        fields = Settings.model_fields.values()
        wanted = next(each.description for each in fields if each.validation_alias == name)
        # What was said is not repeated: it may be a secret that got into the wrong line.
        raise SettingsProblem(f"{name} must be {wanted}.") from None
    except UnicodeDecodeError:
        raise SettingsProblem("The file .env must be text in UTF-8.") from None
