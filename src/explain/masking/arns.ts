/** Names of resources (ARNs): partition, service, region and the kind of a resource stay; account and name are masked. */
import { isPlaceholder, maskWhole } from './ids.ts';
import type { Masks } from './masks.ts';
import type { MaskRow } from './row.ts';

/** What ends a resource's name: blanks, quotes, brackets, table rules. */
const NAME = String.raw`[^\s"'<>|,;()\[\]{}\\${'`'}“”‘’]`;

/** Rows for ARNs, whole and cut at either end. */
export const ARN_ROWS: readonly MaskRow[] = [
  {
    pattern: /arn:aws[\w-]{0,12}:lambda:[\w-]{0,30}::runtime:(?<it>[\da-f]{64})/dgi,
    mask: (it, masks) => masks.of('hex', it),
    joined: 'whole',
  },
  {
    pattern: new RegExp(
      String.raw`arn:aws[\w-]{0,12}:(?<service>[\w-]{1,40}):[\w-]{0,30}:(?<it>(?<account>[^:\s"'|,]{0,40}):(?<resource>${NAME}(?:${NAME}|\[\$LATEST\]){0,1023}))`,
      'dgi',
    ),
    mask: (_, masks, { groups }) =>
      `${maskAccount(groups?.account ?? '', masks)}:${maskResource(groups?.service ?? '', groups?.resource ?? '', masks)}`,
    joined: 'apart',
  },
  {
    // Cut in its account.
    pattern: /arn:aws[\w-]{0,12}:[\w-]{1,40}:[\w-]{0,30}:(?<it>\d{1,11})(?![\d:])/dgi,
    mask: (it, masks) => masks.of('account', it).slice(-it.length),
  },
  {
    // Cut at its beginning.
    pattern: new RegExp(
      String.raw`(?<=:)(?<it>(?<account>\d{12}):(?<resource>[a-z][\w-]{1,40}[:/]${NAME}{1,1024}))`,
      'dgi',
    ),
    mask: (_, masks, { groups }) =>
      `${maskAccount(groups?.account ?? '', masks)}:${maskResource('', groups?.resource ?? '', masks)}`,
  },
];

function maskAccount(account: string, masks: Masks): string {
  if (account === '' || account === 'aws') return account;
  return maskWhole(account, masks) ?? account.replace(/\d/g, '0');
}

function maskResource(service: string, written: string, masks: Masks): string {
  const resource = written.replace(/[.:!?]+$/, '');
  const behind = written.slice(resource.length);
  if (resource === '' || resource === '*') return written;
  if (service.toLowerCase() === 's3') {
    const [bucket = '', ...key] = resource.split('/');
    return `${bucket === '*' ? bucket : masks.of('bucket', bucket)}${key.length === 0 ? '' : `/${toName(key.join('/'), masks)}`}${behind}`;
  }
  const [, kind = '', name = resource] = /^([a-z][a-zA-Z-]*[:/])(.+)$/.exec(resource) ?? [];
  // A version behind the name of a function or a layer, or what follows a log group.
  const [, own = name, version = ''] = /^([^:]+)(:(?:\$LATEST|\d{1,10}|\*))$/.exec(name) ?? [];
  const inner =
    kind === 'log-group:'
      ? own.replace(
          /^(?:\/aws\/lambda\/)?([^:]+)/,
          (all, group: string) => `${all.slice(0, all.length - group.length)}${toName(group, masks)}`,
        )
      : toName(own, masks);
  return `${kind}${inner}${version}${behind}`;
}

function toName(name: string, masks: Masks): string {
  if (name === '*' || isPlaceholder(name)) return name;
  return maskWhole(name, masks) ?? masks.of('name', name);
}
