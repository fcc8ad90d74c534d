"""All settings in one place. Whoever runs Golddraht sets environment variables; docs/reference/settings.md is made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from golddraht.house import env
from golddraht.pages.static_files import digest
from golddraht.plumbing.paths import data_folder

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_folder()

# Shows tracebacks in the browser and on the command line. Only for developing: never where customers are.
DEBUG = env.flag("GOLDDRAHT_DEBUG")
# Seals mailbox passwords, tokens and second factors, and signs links. Unset, it is made once and kept as `secret.key` in
# the data folder.
MASTER_KEY = env.secret("GOLDDRAHT_SECRET_KEY") or env.kept_secret(DATA / "secret.key")
SECRET_KEY = MASTER_KEY
# The ledger of erasures. It belongs beside the database and outside of every backup of it; keep copies of it elsewhere.
# Unset, it is `erasures.ledger` in the data folder.
LEDGER = env.text("GOLDDRAHT_LEDGER") or str(DATA / "erasures.ledger")
# The key of that ledger, for the hashes in it. Unset, it is `erasures.key` in the data folder.
LEDGER_KEY = env.text("GOLDDRAHT_LEDGER_KEY") or str(DATA / "erasures.key")

# The port of the pages. The mail ports follow it unless they are set themselves.
PORT = env.number("GOLDDRAHT_PORT", 8000)
# The address the pages listen on. `127.0.0.1` is reached from this machine alone; `0.0.0.0` from everywhere.
BIND = env.text("GOLDDRAHT_BIND", "127.0.0.1")
# How many requests one web process works on at the same time.
THREADS = env.number("GOLDDRAHT_THREADS", 8)
# How many jobs one worker or deliverer works on at the same time.
JOBS = env.number("GOLDDRAHT_JOBS", 4)
# How many processes serve pages under `golddraht run`: one for every 25 people at work, at most one for each core.
WEB_PROCESSES = env.number("GOLDDRAHT_WEB_PROCESSES", 1)
# Only these reverse proxies may say on whose behalf they ask (X-Forwarded-For), with commas between them.
PROXIES = env.names("GOLDDRAHT_PROXIES", "127.0.0.1,::1")
# Whoever sends it as Bearer token may read `/metrics`. Unset, only this machine itself may.
METRICS_TOKEN = env.secret("GOLDDRAHT_METRICS_TOKEN")
# The address at which people reach Golddraht; it stands in every link we mail. With `https://` cookies become secure.
BASE_URL = env.text("GOLDDRAHT_URL", f"http://localhost:{PORT}").rstrip("/")
# The host names that are answered, with commas between them. Name the one of `GOLDDRAHT_URL` here, too.
ALLOWED_HOSTS = env.names("GOLDDRAHT_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
BEHIND_TLS = BASE_URL.startswith("https://")
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Sends visitors who come by http to https. Counts only when `GOLDDRAHT_URL` starts with `https://`.
    SECURE_SSL_REDIRECT = env.flag("GOLDDRAHT_TLS_REDIRECT", default=True)
    # For how long browsers shall remember to come by https alone (HSTS, RFC 6797). Counts only with `https://`, too.
    SECURE_HSTS_SECONDS = env.number("GOLDDRAHT_HSTS_SECONDS", 31_536_000)
    # Names below ours belong to whoever runs the domain; only they can promise https for them.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("GOLDDRAHT_HSTS_SUBDOMAINS")
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = f"golddraht_{PORT}"
CSRF_COOKIE_NAME = f"golddraht_csrf_{PORT}"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# A mail's own HTML is shown in a frame from an address of its own, so our pages do frame each other.
SILENCED_SYSTEM_CHECKS = ["security.W019", "security.W005", "security.W021"]

# The address the SMTP and LMTP listener listens on.
LISTEN_HOST = env.text("GOLDDRAHT_MAIL_HOST", "127.0.0.1")
# Where the listener takes mail by SMTP.
SMTP_PORT = env.number("GOLDDRAHT_SMTP_PORT", PORT + 1)
# Where the listener takes mail by LMTP, the better way for a mail server of your own.
LMTP_PORT = env.number("GOLDDRAHT_LMTP_PORT", PORT + 2)
# The name servers that are asked about senders and domains, as addresses (with #port where it is not 53), with commas
# between them. Without any, those of the machine.
NAME_SERVERS = env.names("GOLDDRAHT_NAME_SERVERS", "")
# Where mail of mailboxes without a server of their own is caught. Always on this machine alone.
CATCHER_PORT = env.number("GOLDDRAHT_CATCHER_PORT", PORT + 3)
# The certificate that the listener shows when a server asks for TLS (STARTTLS): a PEM file with the whole chain. Read anew
# when it changes.
MAIL_CERTIFICATE = env.text("GOLDDRAHT_MAIL_CERTIFICATE")
# The key of that certificate, unless it lies in the same file.
MAIL_KEY = env.text("GOLDDRAHT_MAIL_KEY")
# Whether the listener takes mail by TLS alone. Counts only with a certificate.
MAIL_TLS_REQUIRED = env.flag("GOLDDRAHT_MAIL_TLS_REQUIRED")
# Certificate authorities of your own that mail servers may show, besides those the system trusts: a PEM file.
AUTHORITIES = env.text("GOLDDRAHT_AUTHORITIES")
# Microsoft's sign-in service. Another one only for its national clouds.
MICROSOFT_URL = env.text("GOLDDRAHT_MICROSOFT_URL", "https://login.microsoftonline.com")
# Where Google lets people sign in.
GOOGLE_URL = env.text("GOLDDRAHT_GOOGLE_URL", "https://accounts.google.com/o/oauth2/v2/auth")
# Where Google gives tokens.
GOOGLE_TOKEN_URL = env.text("GOLDDRAHT_GOOGLE_TOKEN_URL", "https://oauth2.googleapis.com/token")
# The server by which alarms leave the house when a mailbox has failed: `smtps://user:password@host` speaks TLS,
# `smtp+starttls://user:password@host` changes to it, `smtp://host` does without.
ALARM_SMTP_URL = env.secret("GOLDDRAHT_ALARM_SMTP_URL")
# Who such alarms come from.
ALARM_FROM = env.text("GOLDDRAHT_ALARM_FROM", "golddraht@localhost")
# The largest mail that is taken, in bytes; of a larger one in a mailbox only so much is fetched.
LARGEST_MAIL = env.number("GOLDDRAHT_LARGEST_MAIL", 60 * 1024 * 1024)
# Mail servers of admins on private addresses (your own Dovecot: `localhost`) that may be reached, with commas between them.
# Unset, none is: an admin could otherwise knock at every door of this machine and its network.
PRIVATE_HOSTS = env.names("GOLDDRAHT_PRIVATE_HOSTS")

# The role the program works with, on your own PostgreSQL. It owns nothing. Unset, the embedded server is used.
_app_url = env.secret("GOLDDRAHT_DATABASE_URL")
# The role that owns the tables, for migrations, backup and restore. Needed together with `GOLDDRAHT_DATABASE_URL`.
_owner_url = env.secret("GOLDDRAHT_OWNER_DATABASE_URL")
# Statements are planned once for a connection: under row-level security planning costs more than most of them do.
PREPARED: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 3}
DATABASES: dict[str, Any] = {"default": env.database(_app_url or "postgresql://nobody@127.0.0.1:1/none")}
DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
DATABASES["default"]["OPTIONS"] |= {
    # The most connections to the database that one process keeps.
    "pool": {"min_size": 0, "max_size": env.number("GOLDDRAHT_POOL", 12), "timeout": 15},
    **PREPARED,
}
if _owner_url:
    DATABASES["owner"] = env.database(_owner_url)
DATABASE_ROUTERS = ["golddraht.plumbing.routing.AppRouter"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "golddraht.plumbing",
    "golddraht.team",
    "golddraht.customers",
    "golddraht.consent",
    "golddraht.imports",
    "golddraht.conversations",
    "golddraht.search",
    "golddraht.promises",
    "golddraht.channels",
    "golddraht.knowledge",
    "golddraht.programs",
    "golddraht.telephone",
    "golddraht.commerce",
    "golddraht.improvement",
    "golddraht.journey",
    "golddraht.notices",
    "golddraht.access",
    "golddraht.privacy",
    "golddraht.pages",
    "golddraht.house",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "golddraht.house.serving.compressed.CompressedWords",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "golddraht.house.serving.own_links.keeping_own_links",
    "golddraht.house.last_seen.noting_the_day",
    "golddraht.api.limits.telling_allowance",
]

ROOT_URLCONF = "golddraht.house.urls"
PLACES = sorted(path for path in (PACKAGE / "pages").iterdir() if path.is_dir())
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [path / "templates" for path in PLACES if (path / "templates").is_dir()]
        + [PACKAGE / "pages" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["golddraht.pages.templatetags.constant"],
        },
    }
]
# Nothing is collected: whitenoise serves what the package brings, laid out with compressed twins.
STATIC_ROOT = None
STATICFILES_FINDERS = [
    *([] if DEBUG else ["golddraht.pages.laid_out.LaidOut"]),
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATICFILES_DIRS = [path / "static" for path in PLACES if (path / "static").is_dir()]
# The address of every file changes with the version, so browsers may keep them for good.
STATIC_VERSION = digest([*STATICFILES_DIRS, PACKAGE / "pages" / "static"])
STATIC_URL = f"/static/{STATIC_VERSION}/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # The data folder can be entered by the database's own user; what customers sent is for the program alone.
        "OPTIONS": {
            "location": DATA / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = "^$" if DEBUG else f"^{STATIC_URL}"

AUTH_USER_MODEL = "team.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "golddraht.house.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/key,30/5m/ip"}
MFA_ADAPTER = "golddraht.house.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses are given by admins, not typed by strangers: there is nothing to verify.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
SOCIALACCOUNT_ADAPTER = "golddraht.house.accounts.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"provider_class": "golddraht.house.single_sign_on.provider.SignInProvider", "APPS": []}
}
# The address of your sign-in service (OpenID Connect). Unset, people sign in with a password or a passkey.
OIDC_SERVER = env.text("GOLDDRAHT_OIDC_SERVER").rstrip("/")
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "oidc",
            # What stands on the button of this way to sign in.
            "name": env.text("GOLDDRAHT_OIDC_NAME", "Single Sign-on"),
            # The name under which your sign-in service knows Golddraht.
            "client_id": env.text("GOLDDRAHT_OIDC_CLIENT_ID"),
            # The secret that your sign-in service gave for this name.
            "secret": env.secret("GOLDDRAHT_OIDC_SECRET"),
            "settings": {"server_url": OIDC_SERVER},
        }
    ]
USERSESSIONS_TRACK_ACTIVITY = False
# Throttling counts over all web processes, so its cache is a table.
# Django keeps 300 entries when nothing is said: with a few hundred tries anybody could push out the counts of others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "house_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
# The second one only says “Sie” where the German of allauth says “du”.
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "locale_allauth"]
USE_TZ = True
# The time zone in which times are shown where no team's own counts.
TIME_ZONE = env.text("GOLDDRAHT_ZONE", "Europe/Berlin")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS += ["django.forms"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # Browsers hold the way to the sign-in service to it, too: it begins with a button.
        "form-action": ["'self'", *env.origin(OIDC_SERVER)],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
    }
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_DATABASE_ALIAS = "default"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "golddraht.plumbing.logs.JsonLines"},
        "plain": {"()": "golddraht.plumbing.logs.PlainLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            # `plain` writes log lines for people; anything else writes one JSON object a line.
            "formatter": "plain" if env.text("GOLDDRAHT_LOG") == "plain" else "lines",
        }
    },
    # The least important thing that is still logged: `DEBUG`, `INFO`, `WARNING` or `ERROR`.
    "root": {"handlers": ["console"], "level": env.text("GOLDDRAHT_LOG_LEVEL", "INFO")},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "mail.log": {"level": "WARNING"},
        # Whoever is refused is told so; the log need not repeat the path with its numbers.
        "django.request": {"level": "ERROR"},
        "uvicorn": {"level": "WARNING"},
    },
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
