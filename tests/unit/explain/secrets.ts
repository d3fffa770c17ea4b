/** Secrets made by a seed, and the forms in which a paste may have them. */

/** A line with a secret. */
export interface Secret {
  readonly kind: string;
  /** The line. */
  readonly write: string;
  /** What must not be read any more. */
  readonly parts: readonly string[];
}

/** Numbers that look drawn: the same for the same seed. */
function drawer(seed: number): (most: number) => number {
  let state = seed * 2_654_435_761;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

/** One of each kind. */
export function makeSecrets(seed: number): readonly Secret[] {
  const draw = drawer(seed);
  const some = (characters: string, count: number): string =>
    Array.from({ length: count }, () => characters[draw(characters.length)] ?? '').join('');
  const hex = (count: number): string =>
    `${some('abcdef', 1)}${some('0123456789', 1)}${some('0123456789abcdef', count - 2)}`;
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const upper = lower.toUpperCase();
  const digits = '0123456789';
  const all = lower + upper + digits;
  const word = (): string => some(lower, 7);
  const account = `${some('3456789', 1)}${some(digits, 11)}`;
  const uuid = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const key = `${['AKIA', 'ASIA'][draw(2)] ?? ''}${some(`${upper}234567`, 16)}`;
  const secret = `${some(upper, 1)}${some(digits, 1)}${some(lower, 1)}${some(`${all}/+`, 37)}`;
  const token = `IQoJb3JpZ2luX2Vj${some(`${all}/+`, 240)}`;
  const jwt = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: word(), exp: 1_700_000_000 + draw(1e6) },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(some(`${all}_-`, 43))
    .join('.');
  const name = `${word()}-${word()}`;
  const mail = `${word()}.${word()}@${word()}.org`;
  const ip = `${String(11 + draw(80))}.${String(draw(256))}.${String(draw(256))}.${String(1 + draw(250))}`;
  const ip6 = `2a05:${hex(4)}:${hex(4)}:${hex(4)}::${hex(3)}`;
  const api = some(lower + digits, 9) + some(digits, 1);
  const bucket = `${word()}-${word()}-${some(digits, 3)}`;
  const trace = hex(24);
  const signature = hex(64);
  const net = hex(17);
  const phone = `+49${some('123456789', 1)}${some(digits, 10)}`;
  const line = (kind: string, write: string, ...parts: string[]): Secret => ({ kind, write, parts });
  return [
    line('account', `Collecting for account ${account} now`, account),
    line('ARN', `not authorized: arn:aws:lambda:eu-west-1:${account}:function:${name}:3 ok`, account, name),
    line('role', `User: arn:aws:sts::${account}:assumed-role/${name}/${word()} may not`, account, name),
    line('bucket’s ARN', `resource arn:aws:s3:::${bucket}/a/b.csv denied`, bucket),
    line('request', `START RequestId: ${uuid} Version: $LATEST`, uuid, uuid.slice(9)),
    line('trace', `XRAY TraceId: 1-6ac7d554-${trace} SegmentId: ${hex(16)} Sampled: true`, trace),
    line('trace’s header', `Root=1-6ac7d554-${trace};Parent=${hex(16)};Sampled=1`, trace),
    line('stream', `2026/03/05/[$LATEST]${hex(32)} END`, 'never there'),
    line('key', `using ${key} to sign`, key),
    line('secret', `aws_secret_access_key = ${secret}`, secret, secret.slice(0, 20)),
    line('bare secret', `got ${secret} from store`, secret),
    line('session token', `AWS_SESSION_TOKEN=${token}`, token, token.slice(0, 40), token.slice(-40)),
    line('bearer', `Authorization: Bearer ${jwt}`, jwt, jwt.split('.')[1] ?? jwt, jwt.split('.')[2] ?? jwt),
    line('token', `token ${jwt} has expired`, jwt, jwt.split('.')[1] ?? jwt),
    line('e-mail', `sent to ${mail} today`, mail),
    line('IPv4', `dial tcp ${ip}:443: i/o timeout`, ip),
    line('IPv6', `dial tcp [${ip6}]:443: i/o timeout`, ip6),
    line('credentials', `connect postgres://${word()}:${name}@db.${word()}.internal:5432/x failed`, name),
    line(
      'signed URL',
      `GET https://${bucket}.s3.eu-west-1.amazonaws.com/a.csv?X-Amz-Credential=${key}&X-Amz-Signature=${signature} 403`,
      bucket,
      key,
      signature,
    ),
    line('query', `GET https://example.com/a?session=${name}&x=${secret.replaceAll(/[/+]/g, 'a')} 200`, name),
    line('API', `POST https://${api}.execute-api.us-east-1.amazonaws.com/prod failed`, api),
    line('URL of a function', `POST https://${api}${api}.lambda-url.us-east-1.on.aws/ failed`, api),
    line('balancer', `host ${name}-123456789.us-east-1.elb.amazonaws.com is down`, name),
    line('database', `connect to ${name}.${api}.us-east-1.rds.amazonaws.com failed`, name, api),
    line('host within', `resolve ${name}.corp.internal failed`, name),
    line('machine', `on ip-10-${String(draw(200))}-7-${String(draw(200))}.ec2.internal now`, 'ip-10'),
    line('bucket', `upload to s3://${bucket}/a/b.csv failed`, bucket),
    line('queue', `https://sqs.us-east-1.amazonaws.com/${account}/${name} is gone`, account, name),
    line('password of words', `login {"user": "x", "password": "${word()} ${name}, ${ip}"} failed`, name),
    line('variable of words', `export DB_PASSWORD='${word()} ${name}'`, name),
    line('option', `run backup --user x --password ${name} now`, name),
    line('user of curl', `curl -u ${word()}:${name} https://example.com/`, name),
    line('subnet', `subnet subnet-${net} in vpc-${net.slice(0, 8)} is full`, net, net.slice(0, 8)),
    line('instance', `instance i-${net} is stopped`, net),
    line('phone', `calling ${phone} failed`, phone.slice(3)),
    line('host in words', `could not translate host name "db-${name}" to address: x`, name),
    line('server', `connection to server at "db.${name}.de" (${ip}), port 5432 failed`, name),
    line('host and port', `broker ${name}.corp.example-${word()}.de:9092 is gone`, name),
    line('rented host', `dial ${name}.ab1cd.mongodb.net failed`, name),
    line('search domain', `POST https://vpc-${name}-${api}.eu-west-1.es.amazonaws.com/_bulk 403`, name, api),
    line('cache', `to ${name}.${api}.0001.euw1.cache.amazonaws.com failed`, name, api),
    line('access point', `read ${name}-${hex(17)}-s3alias failed`, name),
    line('distribution', `distribution E${key.slice(5, 17)}1 is disabled`, key.slice(5, 17)),
    line('user', `FATAL: password authentication failed for user "${name}", no entry`, name),
    line('user of MySQL', `Access denied for user '${name}'@'localhost' (using password: YES)`, name),
    line('user of a call', `connect(host=h, user="${name}", database=d) failed`, name),
    line('user among pairs', `connect host=db user=${name} dbname=shop failed`, name),
    line('log group', `group /aws/lambda/${name} read`, name),
  ];
}

/** What stands around a line in a paste, by name. */
export const WRAPPERS: Readonly<Record<string, (line: string, seed: number) => string>> = {
  'as it is': (line) => line,
  'a quotation': (line) => `> ${line}`,
  'a table': (line) => `| 2026-03-05 10:11:12.123 | ${line} |`,
  tabs: (line) => `[INFO]\t2026-03-05T10:11:12.123Z\t\t${line}`,
  'quotation marks': (line) => `'${line}'`,
  JSON: (line) => JSON.stringify({ message: line }),
  'JSON in JSON': (line) => JSON.stringify({ body: JSON.stringify({ message: `\n${line}\n` }) }),
  'JSON in JSON in JSON': (line) =>
    JSON.stringify([JSON.stringify({ body: JSON.stringify({ message: `\t${line}` }) })]),
  'JSON with \\u': (line) =>
    JSON.stringify({ message: line }).replace(
      /[@/:=&]/g,
      (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
    ),
  'the encoding of URLs': (line) => `GET /log/${encodeURIComponent(line)} 200`,
  HTML: (line) => line.replaceAll('&', '&amp;').replaceAll('/', '&#x2f;').replaceAll('@', '&#64;'),
  colours: (line) => `\x1b[32m${line}\x1b[0m`,
  'colours inside of it': (line, seed) => {
    const at = 1 + ((seed * 13) % (line.length - 1));
    return `${line.slice(0, at)}\x1b[01;31m${line.slice(at)}\x1b[m`;
  },
  'an own prefix': (line) => `2026/03/05/[$LATEST] lambda_1    | 2026-03-05T10:11:12.123000+00:00 ${line}`,
  base64: (line) => JSON.stringify({ LogResult: Buffer.from(`START\n${line}\nEND\n`).toString('base64') }),
  'the line after it': (line) =>
    `${line}\nSTART RequestId: 4d06f675-af39-4c0c-8942-9ffb0c342726 Version: $LATEST`,
  'a terminal of 80 columns': (line, seed) => wrapAt(line, seed, 80),
  'a terminal of 112 columns': (line, seed) => wrapAt(line, seed, 112),
  'a quoted terminal': (line, seed) => wrapAt(line, seed, 100).replaceAll(/^/gm, '> '),
};

/** The line behind so much else that it is broken somewhere inside of it. */
function wrapAt(line: string, seed: number, width: number): string {
  const before = 'words of it '
    .repeat(20)
    .slice(0, width - 1 - ((seed * 17) % Math.min(line.length - 1, width - 4)));
  return ((before + line).match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? []).join('\n');
}
