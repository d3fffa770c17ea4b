/** Whose machine is it? Endpoints of a service that everybody has stay; what names one's own API, database or network is masked. */
import type { Masks } from './masks.ts';
import type { MaskRow } from './row.ts';

/** Ends of names under which anybody's hosts are. */
const PUBLIC =
  /(?:^|\.)(?:amazon\.com|aws\.com|python\.org|pypi\.org|pythonhosted\.org|github\.com|githubusercontent\.com|readthedocs\.io|stackoverflow\.com|docker\.(?:com|io)|public\.ecr\.aws|npmjs\.(?:org|com)|nodejs\.org|w3\.org|json-schema\.org|xmlsoap\.org|ietf\.org|mozilla\.org|wikipedia\.org|google\.com|googleapis\.com|microsoft\.com|example\.(?:com|org|net)|example|localhost|datadoghq\.com|serverless\.com|powertools\.aws\.dev)$/i;

/** Labels ahead of a service's name that are the service's own. */
const SERVICE_LABELS =
  /^(?:dualstack|fips|api|runtime|streams|dkr|data|www|logs|public|states|sync-states|events|bedrock-runtime|email|sts|portal|ingest|tagging|entitlement|metering|discovery|control|data-ats)$/;

/** Names of AWS's regions, which say nothing of whose a log is. */
export const REGION = /^[a-z]{2}(?:-[a-z]+){1,3}-\d$/;
const SERVICE = /^[a-z][a-z-]{0,30}\d?$/;

/** Rows for names of AWS's hosts, of which labels may look like other ids. */
export const AWS_HOST_ROWS: readonly MaskRow[] = [
  {
    pattern:
      /(?<![\w.-])(?<labels>(?:[\w*-]{1,63}\.){1,10})(?<suffix>amazonaws\.com(?:\.cn)?|on\.aws|api\.aws|cloudfront\.net|awsapprunner\.com|amazoncognito\.com|elasticbeanstalk\.com|amplifyapp\.com|awsglobalaccelerator\.com)(?![\w-])/dgi,
    isIt: (_, match) => ownLabels(match) !== '',
    mask: (it, masks, match) => {
      const own = ownLabels(match);
      return `${maskOwn(own, it.slice(own.length), masks)}${it.slice(own.length)}`;
    },
    joined: 'apart',
  },
];

/** Ends of names under which a service gives each of its customers a host. */
const RENTED = String.raw`mongodb\.net|snowflakecomputing\.com|(?:database|blob\.core|servicebus|vault|azurewebsites|redis\.cache|documents|search)\.(?:windows|azure)\.(?:net|com)|azurewebsites\.net|openai\.azure\.com|run\.app|cloudfunctions\.net|firebaseio\.com|firebaseapp\.com|herokuapp\.com|auth0\.com|okta\.com|zendesk\.com|atlassian\.net|myshopify\.com|salesforce\.com|es\.io|elastic-cloud\.com|found\.io|redislabs\.com|redis-cloud\.com|upstash\.io|supabase\.co|psdb\.cloud|neon\.tech|confluent\.cloud|cloudamqp\.com|rmq\.cloudamqp\.com|vercel\.app|netlify\.app|ngrok\.(?:io|app)|ngrok-free\.app|pages\.dev|workers\.dev|onrender\.com|fly\.dev|railway\.app|ondigitalocean\.(?:app|com)|clickhouse\.cloud|databricks\.com|ingest\.sentry\.io|pinecone\.io|weaviate\.(?:network|cloud)|qdrant\.io`;

/** Ends of names of hosts; a module's last name is none of them. */
const DOMAINS =
  'com|net|org|info|biz|cloud|dev|app|tech|online|site|internal|corp|lan|local|int|gov|edu|mil|io|co|ai|tv|cc|me|de|at|ch|jp|uk|fr|eu|us|ca|au|nl|se|no|dk|fi|es|it|be|br|cn|kr|tw|sg|nz|za|pt|pl|cz|ru|tr|mx|ar|cl|ie|hu|ro|gr|il|ae|th|vn|my|ph|hk|in';

/** Ports that a client connects to. */
const PORTS =
  '443|465|587|1433|1521|2049|3128|3306|3389|5432|543[3-9]|5671|5672|6379|6380|8080|8443|8883|9042|909[2-8]|9200|9243|9300|1121[01]|15672|2701[7-9]|26257';

/** Rows for names of hosts. */
export const HOST_ROWS: readonly MaskRow[] = [
  {
    pattern: new RegExp(
      String.raw`(?<![\w.@-])(?<it>(?<labels>(?:[\w-]{1,63}\.){1,6})(?<suffix>${RENTED}))(?![\w-]|\.\w)`,
      'dgi',
    ),
    mask: maskSuffixed,
    joined: 'apart',
  },
  {
    // A client that doesn't reach it.
    pattern:
      /(?:\bhost ?name|\bserver (?:at|on)|\b(?:resolve|lookup|reach)(?: the)?(?: host(?: ?name)?)?|\bconnect(?:ing|ion)? to(?: the)?(?: server)?(?: at| on)?(?: host)?|\b(?:for|to|from) host|getaddrinfo(?: failed)?(?: for)?)[\s>]{1,6}(?<quote>["'“]?)(?<it>[a-z\d_](?:[\w-]{0,62}\.){0,8}[\w-]{0,62}[a-z\d])(?=["'”]|[\s:,;)]|\.(?:\s|$)|$)/dgi,
    isIt: (it, { groups, index, input, 0: all }) => {
      if (!isOwnHost(it) || NO_HOST.test(it)) return false;
      const isQuoted = (groups?.quote ?? '') !== '' && /^["'”]/.test(input.slice(index + all.length));
      return (
        isQuoted || /\.[a-z]{2,24}$/i.test(it) || /^:\d{2,5}(?!\d)/.test(input.slice(index + all.length))
      );
    },
    mask: maskHost,
    joined: 'wrapped',
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\w./@-])(?<it>[a-z\d](?:[\w-]{0,62}\.){1,8}(?:${DOMAINS})):(?:${PORTS})(?!\d)`,
      'dgi',
    ),
    isIt: (it) => isOwnHost(it) && !NO_HOST.test(it),
    mask: maskHost,
    joined: 'wrapped',
  },
  {
    pattern: /(?<![\w.-])s3[\w.-]{0,40}\.amazonaws\.com(?:\.cn)?\/(?<it>[a-z\d][a-z\d.-]{2,62})/dg,
    mask: (it, masks) => masks.of('bucket', it),
    joined: 'wrapped',
  },
  {
    pattern: /\bs3[an]?:\/\/(?<it>[a-z\d][\w.-]{2,62})/dgi,
    mask: (it, masks) => masks.of('bucket', it),
    joined: 'apart',
  },
  {
    // A queue.
    pattern: /amazonaws\.com\/\d{12}\/(?<it>[\w.-]{1,80})/dg,
    mask: (it, masks) => masks.of('name', it),
    joined: 'wrapped',
  },
  {
    pattern:
      /(?<![\w.@/-])(?<it>(?<labels>(?:[\w-]{1,63}\.){1,10})(?<suffix>compute\.internal|ec2\.internal|svc\.cluster\.local|cluster\.local|internal|local|localdomain|lan|corp|intranet|private|home\.arpa))(?![\w(-]|\.\w)/dgi,
    isIt: (it, { index, input }) => {
      const before = input.slice(Math.max(0, index - 24), index);
      if (/(?:named ['"]?|import |from )$/.test(before)) return false;
      const labels = it.split('.');
      return (
        labels.length > 2 ||
        /[\d-]/.test(it) ||
        /^:\d/.test(input.slice(index + it.length)) ||
        /host\W{0,4}$/i.test(before)
      );
    },
    mask: maskSuffixed,
    joined: 'apart',
  },
  { pattern: /\bip-\d{1,3}(?:-\d{1,3}){3}(?![\w-])/dg, mask: (it, masks) => masks.of('host', it) },
  {
    pattern:
      /(?<![\w+-])(?!s3|file|arn)[a-z][a-z\d+-]{1,20}:\/\/(?:[^\s/@"'<>]{1,512}@)?(?<it>[a-z\d_](?:[\w.-]{0,251}[a-z\d])?)(?![\w@])/dgi,
    isIt: (it) => isOwnHost(it),
    mask: maskHost,
    joined: 'apart',
  },
  {
    pattern:
      /\b(?:host|host_?name|domain|domain_?name|server|server_?name|endpoint|authority)["']?\s{0,3}[:=]\s{0,3}["']?(?<it>[a-z\d](?:[\w-]{0,62}\.){1,8}[a-z]{2,24})(?![\w(.])/dgi,
    isIt: (it) => isOwnHost(it) && !NO_HOST.test(it),
    mask: maskHost,
  },
];

/** The labels of an AWS name that are not the service's, each with its dot. */
function ownLabels({ groups }: RegExpExecArray): string {
  const labels = (groups?.labels ?? '').slice(0, -1).split('.');
  const all = [...labels];
  if (/^(?:amazonaws|on\.aws|api\.aws)/i.test(groups?.suffix ?? '')) {
    const last = labels.pop() ?? '';
    const before = labels.at(-1) ?? '';
    if (REGION.test(last) ? SERVICE.test(before) : SERVICE.test(last) && REGION.test(before)) labels.pop();
    else if (!REGION.test(last) && !SERVICE.test(last)) labels.push(last);
  }
  while (SERVICE_LABELS.test(labels.at(-1) ?? '')) labels.pop();
  return labels.length === 0 ? '' : `${all.slice(0, labels.length).join('.')}.`;
}

function maskOwn(own: string, rest: string, masks: Masks): string {
  const name = own.slice(0, -1);
  if (/^\d{12}$/.test(name)) return `${masks.of('account', name)}.`;
  return `${masks.of(/^(?:dualstack\.)?s3[.-]/i.test(rest) ? 'bucket' : 'host', name)}.`;
}

function maskSuffixed(it: string, masks: Masks, { groups }: RegExpExecArray): string {
  return `${masks.of('host', it)}.${groups?.suffix ?? ''}`;
}

function maskHost(it: string, masks: Masks): string {
  return it.includes('.') ? `${masks.of('host', it)}.example` : masks.of('host', it);
}

function isOwnHost(host: string): boolean {
  if (/^[\d.]+$/.test(host) || PUBLIC.test(host)) return false;
  // The rows above have decided on these.
  return !/(?:amazonaws\.com(?:\.cn)?|\.aws)$/i.test(host);
}

/** Names with dots that are files or calls, and words. */
const NO_HOST =
  /\.(?:py|pyc|js|mjs|ts|json|ya?ml|txt|csv|log|xml|html|sh|so|zip|whl|toml|cfg|ini|get|environ|handler|lambda_handler)$|^(?:localhost|none|null|undefined|the|a|an|any|it|this|that|your|our|server|database|host|remote|local|aws|s3|redis|postgres|mysql|mongodb|kafka|dynamodb)$/i;

const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;

/** Rows for addresses in a network. */
export const ADDRESS_ROWS: readonly MaskRow[] = [
  {
    // Six hexadecimal numbers or more with colons are no time, a pair of colons between few decimal ones is Python's slice.
    pattern: /(?<![\w:.])(?:[\da-f]{1,4}:{1,2}){1,7}(?:[\da-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/dgi,
    isIt: (it) => {
      const groups = it.split(/:+/).filter((group) => group !== '');
      if (!it.includes('::')) return groups.length === 8 && /^[^:]+(?::[^:]+){7}$/.test(it);
      if (it.indexOf('::') !== it.lastIndexOf('::')) return false;
      return groups.length >= 3 || groups.some((group) => group.length >= 3 && /[a-f]/i.test(group));
    },
    mask: (it, masks) => masks.of('address', it),
    joined: 'wrapped',
  },
  {
    pattern: /(?<![\w:])::ffff:(?<it>(?:\d{1,3}\.){3}\d{1,3})(?!\d)/dgi,
    mask: (it, masks) => masks.of('address', it),
  },
  {
    pattern: new RegExp(String.raw`(?<![\w.]|version |==)${BYTE}(?:\.${BYTE}){3}(?!\d|\.\d)`, 'dgi'),
    isIt: (it) => !isNobodys(it),
    mask: (it, masks) => masks.of('address', it),
    joined: 'wrapped',
  },
  {
    pattern: /(?<![\w:-])[\da-f]{2}(?::[\da-f]{2}){5}(?![\w:])/dgi,
    isIt: (it) => /[a-f]/i.test(it),
    mask: (it, masks) => masks.of('hex', it.replaceAll(':', '')).replace(/..(?!$)/g, '$&:'),
  },
];

/** Whether an address is the same on every machine. */
function isNobodys(address: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$|169\.254\.|255\.)/.test(address);
}
