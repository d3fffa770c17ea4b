/** That the check of commands finds what is wrong: it needs the AWS CLI, and says so where there is none. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCli, PretendedShell } from '../../../scripts/checks/commands.ts';
import { commandsIn } from '../../../src/components/procedure/commands-in.ts';

const found = findCli();
const missing = 'missing' in found ? found.missing : false;

describe('the check of commands', () => {
  it('reads the blocks of sh, and no others', () => {
    const text = 'One:\n\n```sh\nsh a.sh\nsh b.sh\n```\n\n```json\n{}\n```\n\n```sh\nsh c.sh\n```\n';
    assert.deepEqual(commandsIn(text), ['sh a.sh\nsh b.sh\n', 'sh c.sh\n']);
  });

  it('knows wrong options, wrong values and wrong orders', { skip: missing }, async () => {
    assert.ok('python' in found);
    const shell = await PretendedShell.make(found.python);
    try {
      const refusals = [
        ['aws lambda invoke --function-name f --log-kind Tail out', /Unknown options: --log-kind/],
        ['aws lambda wait function-is-there --function-name f', /Invalid choice/],
        ['aws lambda create-function --function-name f', /arguments are required: --role/],
        [`aws lambda invoke --function-name f --payload '{"a": 1}' out`, /Invalid base64/],
        ['aws iam delete-role --role-name ""', /Invalid length for parameter RoleName/],
        ['aws s3 mb s3://b-b-b && aws s3 rb s3://c-c-c', /NoSuchBucket/],
        ['aws sqs list-queues', /knows no ListQueues/],
      ] as const;
      for (const [command, words] of refusals) {
        const { code, output } = shell.run(command);
        assert.notEqual(code, 0, command);
        assert.match(output, words, command);
      }
      assert.deepEqual((await shell.state()).buckets, { 'b-b-b': {} });
    } finally {
      await shell.dispose();
    }
  });
});
