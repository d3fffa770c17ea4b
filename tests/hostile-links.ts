/** Code links that nobody's lab has made, each with the sentence that it ends in: tried by a unit test and in a browser. */
import { deflateRawSync } from 'node:zlib';
import type { LinkFaultKey } from '../src/lab/link/link-fault.ts';
import { linkTo, pack } from './unit/lab/link/packed-record.ts';

/** One of them. */
export interface HostileLink {
  readonly what: string;
  readonly hash: string;
  readonly fault: LinkFaultKey;
}

/** The links for a lab of the 2016 platform whose function is `/var/task/lambda_function.py`. */
export function hostileLinks(lab: string): readonly HostileLink[] {
  const file = '/var/task/lambda_function.py';
  const good = linkTo(lab, { at: lab, event: '{"a": "a text that is long enough to be cut"}' });
  const record = (more: object): string => linkTo(lab, { at: lab, ...more });
  const files = (more: object): string => record({ files: more });
  const row = (what: string, fault: LinkFaultKey, hash: string): HostileLink => ({ what, fault, hash });
  return [
    row('cut in its data', 'damaged', good.slice(0, -12)),
    row('cut by one character', 'damaged', good.slice(0, -1)),
    row('cut behind its mark', 'damaged', `#${lab}~`),
    row('cut behind its version', 'damaged', `#${lab}~1`),
    row('without data', 'damaged', `#${lab}~1.`),
    row(
      'with one character changed',
      'damaged',
      good.replace(/.{9}$/, (end) => (end.startsWith('A') ? 'B' : 'A') + end.slice(1)),
    ),
    row('with more behind it', 'damaged', `${good}AAAA`),
    row(
      'written in small letters',
      'damaged',
      good.replace(/1\..*$/, (data) => data.toLowerCase()),
    ),
    row('not base64url', 'damaged', `#${lab}~1.%20hello%20`),
    row('not deflate', 'damaged', `#${lab}~1.${Buffer.from('a plain text').toString('base64url')}`),
    row('deflate without its frame', 'damaged', `#${lab}~1.${deflateRawSync('{}').toString('base64url')}`),
    row('not UTF-8', 'damaged', `#${lab}~1.${pack(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))}`),
    row('not JSON', 'damaged', linkTo(lab, '{"at": ')),
    row('with a byte order mark', 'damaged', linkTo(lab, `\ufeff{"at": "${lab}"}`)),
    row('a list', 'damaged', linkTo(lab, [lab])),
    row('null', 'damaged', linkTo(lab, null)),
    row('without a place', 'damaged', linkTo(lab, { event: '{}' })),
    row('with two places', 'damaged', linkTo(lab, { at: 'playground' })),
    row('too long', 'long', `#${lab}~1.${'A'.repeat(8000)}`),
    row('a bomb', 'huge', linkTo(lab, `{"at":"${lab}","event":"${' '.repeat(5_000_000)}"}`)),
    row('of lines without end', 'huge', files({ [file]: '\n'.repeat(32_000) })),
    row('of another version', 'version', good.replace('~1.', '~2.')),
    row('of a version like markup', 'damaged', good.replace('~1.', '~<img src=x>.')),
    row('with a key of its own', 'unknown', record({ run: true })),
    row('with __proto__', 'unknown', linkTo(lab, `{"at":"${lab}","__proto__":{"event":"{}"}}`)),
    row('with constructor', 'unknown', record({ constructor: { prototype: {} } })),
    row('with a key of markup', 'unknown', record({ '<img src=x onerror=alert(1)>': 1 })),
    row('with __proto__ as a file', 'path', linkTo(lab, `{"at":"${lab}","files":{"__proto__":"x"}}`)),
    row(
      'with __proto__ as a variable',
      'value',
      linkTo(lab, `{"at":"${lab}","variables":{"__proto__":"x"}}`),
    ),
    row('with a number as a file', 'value', files({ [file]: 1 })),
    row('with a list of files', 'value', record({ files: ['x'] })),
    row('with an event that is no text', 'value', record({ event: { a: 1 } })),
    row('with a step of a million millions', 'value', record({ step: 1e12 })),
    row('with half a step', 'value', record({ step: 1.5 })),
    row('with a path that climbs', 'path', files({ '/var/task/../runtime/bootstrap.py': 'x' })),
    row('with a path of the runtime', 'path', files({ '/var/runtime/awslambda/bootstrap.py': 'x' })),
    row('with a path beside the folder', 'path', files({ '/var/task-more/a.py': 'x' })),
    row('with a relative path', 'path', files({ 'lambda_function.py': 'x' })),
    row('with a backslash', 'path', files({ '/var/task/..\\a.py': 'x' })),
    row('with a name that turns round', 'name', files({ '/var/task/\u202eyp.a': 'x' })),
    row('with a line end in a name', 'name', files({ '/var/task/a\n.py': 'x' })),
    row('with NUL in a name', 'name', files({ '/var/task/a\0.py': 'x' })),
    row('with an unseen space in a name', 'name', files({ '/var/task/lambda\u200b_function.py': 'x' })),
    row('with a text that turns round', 'order', files({ [file]: 'if x: # \u202e } \u2066 if y\n' })),
    row('with a file that the lab has not', 'file', files({ '/var/task/other.py': 'x' })),
    row('that takes a file away', 'file', files({ [file]: null })),
    row('of another platform', 'platform', record({ platform: 'fn' })),
    row('with another handler', 'setting', record({ handler: 'os.system' })),
    row('with variables', 'setting', record({ variables: { LD_PRELOAD: 'x' } })),
    row('with another time-out', 'setting', record({ timeout: 900_000 })),
    row('with layers', 'setting', record({ layers: { '/opt/python/json.py': 'x' } })),
    row('with a layer elsewhere', 'path', record({ layers: { '/usr/lib/json.py': 'x' } })),
    row('of another lab', 'lab', linkTo('nowhere--fn', { at: 'nowhere--fn' })),
  ];
}
