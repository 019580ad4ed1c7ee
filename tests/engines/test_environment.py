"""What a kernel is told of the machine: everything but addresses of databases and what opens them."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from helpers.clients import Roots
from helpers.engines.environment import without_secrets

ODBC = quote("DRIVER={ODBC};SERVER=db;UID=ana;PWD=s3cret")


@pytest.mark.parametrize(
    "value",
    [
        "postgresql://ana:s3cret@db/ads",
        " postgresql://ana:s3cret@db/ads",
        "postgresql://db/ads",
        "duckdb:////data/ads.duckdb",
        f"mssql+pyodbc:///?odbc_connect={ODBC}",
        "DRIVER={ODBC};SERVER=db;UID=ana;PWD=s3cret",
        "bigquery://project?credentials_base64=eyJhIjoxfQ==",
        "host=db user=ana password = s3cret",
        "http://ana:s3cret@proxy:3128",
        "https://example.org/?api_key=s3cret",
        "md:ads?motherduck_token=s3cret",
        "jdbc:oracle:thin:scott/tiger@db",
        "scott/tiger@db:1521/ads",
        "scott/tiger@//db/ads",
        "scott/t!g@r@10.0.0.5:1521/ads",
        "scott/tiger@ads",
        "scott/tiger@(DESCRIPTION=(ADDRESS=(HOST=db)))",
        "DefaultEndpointsProtocol=https;AccountName=ana;AccountKey=s3cret",
        "Endpoint=sb;SharedAccessKeyName=ana;SharedAccessKey=s3cret",
        "-----BEGIN PRIVATE KEY-----\ns3cret",
    ],
)
def test_an_address_is_told_by_its_value(value: str, roots: Roots) -> None:
    assert without_secrets({"ANYTHING": value, "LANG": "C"}, roots) == {"LANG": "C"}


@pytest.mark.parametrize(
    "name",
    [
        "PGPASSWORD",
        "PGHOST",
        "MYSQL_PWD",
        "SNOWFLAKE_PASSWORD",
        "motherduck_token",
        "PASS",
        "DB_PASS",
        "db_pass_2",
        "DBPASS",
        "WAREHOUSE_PASS",
        "WAREHOUSE_PW",
        "SNOWFLAKE_PRIVATE_KEY",
        "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE",
        "SSL_PASSPHRASE",
        "AWS_ACCESS_KEY_ID",
        "API_KEY",
    ],
)
def test_what_a_driver_reads_beside_it_is_told_by_its_name(name: str, roots: Roots) -> None:
    assert without_secrets({name: "s3cret"}, roots) == {}


@pytest.mark.parametrize(
    "entry",
    [
        "  - {sql: ads, url_env: ADS, table: ads}",
        "  - sql: ads\n    url_env:\n      'ADS'\n    table: ads",
        '  - {"sql": "ads", "url_env": "ADS"',  # a file to be mended, too
    ],
)
def test_a_variable_is_told_by_any_client_file_that_names_it(entry: str, roots: Roots) -> None:
    other = roots.clients / "other"
    other.mkdir()
    (other / "client.yaml").write_text(f"name: B\nsources:\n{entry}\n")

    assert without_secrets({"ADS": "whatever it is", "ADS_2": "stays"}, roots) == {"ADS_2": "stays"}


def test_all_else_stays(roots: Roots) -> None:
    plain = {
        "PATH": "/usr/bin:/bin",
        "PWD": "/srv",
        "OLDPWD": "/",
        "HTTPS_PROXY": "http://proxy:3128",
        "PAGE": "https://example.org/@ana",
        "CUADERNO_CLIENTS": "/srv/clients",
        "JUPYTER_TOKEN": "of the server itself",
        "LS_COLORS": "*.key=00;33",
        "COMPASS": "north",
        "COMPASS_DIR": "/srv",
        "BYPASS_X": "1",
        "BYPASS": "1",
        "PASSENGERS": "4",
        "ENCOMPASSED": "1",
        "KEYBOARD": "es",
        "HOTKEY": "F1",
        "PW_BROWSERS": "/srv",
        "NODE": "/opt/node@18/bin:/usr/bin",
        "NODE_BESIDE": "opt/node@18/bin",
        "WHO": "ana@example.org",
        "ORIGIN": "git@github.com:ana/ads.git",
        "ACTION": "actions/checkout@v4",
        "PACKAGE": "types/node@18.1.2-beta",
        "IMAGE": "library/python@sha256:0a1b",
        "DRIVERS": "/opt/jdbc:/opt/odbc",
        "OPTIONS": "--tokenize --bypass=1",
    }

    assert without_secrets(plain | {"CLIENTS": "file:///srv"}, roots) == plain | {"CLIENTS": "file:///srv"}
