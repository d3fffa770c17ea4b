/** Whose is a frame, by its file's path? For every layout from Python 2.7 to 3.14 (`LOG-FORMS`, what a reader may conclude). */
import type { Owner } from './owner.ts';

/** Packages that people bundle: a folder of that name in `/var/task` is no code of the reader's. Only what nobody calls a folder of their own. */
const BUNDLED: ReadonlySet<string> = new Set(
  (
    'aiobotocore aiohttp alembic anthropic anyio apig_wsgi attr attrs aws_durable_execution_sdk_python aws_lambda_powertools aws_xray_sdk ' +
    'awsgi awswrangler bcrypt boto boto3 botocore bs4 cachetools certifi cffi chalice charset_normalizer click cryptography cv2 datadog ' +
    'datadog_lambda dateutil ddtrace django dns docutils elasticsearch elasticsearch_dsl fastapi fastparquet flask flask_cors fsspec geopandas ' +
    'google googleapiclient graphene graphql grpc gunicorn h11 h5py httpcore httplib2 httpx idna importlib_metadata itsdangerous jinja2 jmespath ' +
    'joblib jose jsonschema jwt langchain langchain_core lambda_decorators lxml magnum mangum markupsafe marshmallow matplotlib mcp moto ' +
    'mysql newrelic nltk numpy oauthlib openai openpyxl opensearchpy opentelemetry orjson packaging pandas paramiko peewee PIL pip pkg_resources ' +
    'playwright polars prophet psutil psycopg psycopg2 pyarrow pyasn1 pycparser pydantic pydantic_core pydantic_settings pyiceberg pymongo pymysql ' +
    'pynamodb pyparsing pypdf PyPDF2 pyspark pytz redis regex requests requests_aws4auth requests_oauthlib requests_toolbelt rsa ruamel s3fs ' +
    's3transfer sagemaker scipy selenium sentry_sdk serverless_wsgi setuptools shapely simplejson six sklearn slack_sdk smart_open snowflake ' +
    'soupsieve spacy sqlalchemy sqlparse sqlmodel starlette stripe strawberry structlog tenacity tensorflow thrift tiktoken tokenizers torch ' +
    'tornado tqdm transformers twilio typing_extensions tzlocal ujson urllib3 uvicorn watchtower websocket websockets werkzeug wrapt wsgi_lineprof ' +
    'wsgiref_aws xgboost xlrd xlsxwriter yaml yarl zeep zipp zstandard'
  ).split(' '),
);

const PATHS: readonly (readonly [owner: Owner, pattern: RegExp])[] = [
  ['runtime', /(?:^|\/)awslambdaric\//],
  [
    'runtime',
    /^\/var\/runtime\/(?:bootstrap(?:\.py)?|awslambda\/|lambda_runtime|snapshot_restore_py|[^/]+\.py$)/,
  ],
  ['library', /^\/var\/runtime\//],
  ['tool', /\/node_modules\/|\/(?:samcli|localstack|localstack_core|docker_lambda|emulambda)\//],
  ['library', /\/(?:site|dist)-packages\//],
  ['stdlib', /^<frozen [\w.]+>$/],
  ['stdlib', /\/lib(?:64|32)?\/python\d(?:\.\d{1,2})?\//],
  ['stdlib', /\/python\d{2,3}\.zip\//],
  ['library', /^\/opt\//],
];

/** The owner of the frame that has its code in this file. What lies nowhere known is the reader's, as is `/tmp`. */
export function frameOwner(path: string): Owner {
  const clean = path.replaceAll('\\', '/');
  for (const [owner, pattern] of PATHS) if (pattern.test(clean)) return owner;
  const first =
    /^\/var\/task\/(?:(?:vendor|vendored|lib|libs|package|python)\/)?([A-Za-z_]\w*)(?:\/|\.py$)/.exec(
      clean,
    )?.[1];
  if (first !== undefined && BUNDLED.has(first)) return 'library';
  return /^<(?:string|stdin)>$/.test(clean) ? 'unknown' : 'yours';
}

/** Python's version, where a path tells it (`/var/lang/lib/python3.12/…`); null where it doesn't. */
export function pathPython(path: string): string | null {
  return /\/python(\d\.\d{1,2})\//.exec(path)?.[1] ?? null;
}
