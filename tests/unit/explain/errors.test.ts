/** Forms of errors and of answers that no sample has: what each line is, and what may be said. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../src/explain/explain.ts';
import type { FindingId } from '../../../src/explain/findings.ts';
import type { Kind } from '../../../src/explain/grammar.ts';
import { ERRORS } from './catalogue-keys.ts';

const ID = '6fb5f1b6-56ef-4c69-9d94-5b0a1f8b1d55';
const START = `START RequestId: ${ID} Version: $LATEST`;
const END = `END RequestId: ${ID}`;
const REPORT = `REPORT RequestId: ${ID}\tDuration: 16.01 ms\tBilled Duration: 17 ms\tMemory Size: 128 MB\tMax Memory Used: 39 MB\t`;
const HEAD = 'Traceback (most recent call last):';
const FRAME = '  File "/var/task/app.py", line 8, in handler\n    return order[0]';

interface Case {
  readonly text: readonly string[];
  readonly kinds?: readonly Kind[];
  readonly shown: Partial<Record<FindingId, Readonly<Record<string, string | number>>>>;
  readonly not?: readonly FindingId[];
  readonly errors: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  'an error whose text has several lines': {
    text: [
      START,
      '[ERROR] ValidationError: 1 validation error for Order',
      'id',
      '  Field required [type=missing]',
      HEAD,
      FRAME,
      END,
      REPORT,
    ],
    kinds: ['start', 'error', 'error-text', 'error-text', 'traceback', 'frame', 'source', 'end', 'report'],
    shown: { exception: { error: 'ValidationError: 1 validation error for Order' } },
    not: ['printed-traceback', 'all-succeeded'],
    errors: ['exception-in-handler'],
  },
  'a text that begins in its second line': {
    text: [
      "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': Unable to import required dependencies:",
      "numpy: No module named 'numpy'",
      HEAD,
    ],
    shown: {
      'import-failed': {
        message: "Unable to import required dependencies: numpy: No module named 'numpy'",
      },
    },
    errors: ['import-module-error'],
  },
  'an exception that another one came from, in a block': {
    text: [
      '[ERROR] RuntimeError: no order',
      HEAD,
      FRAME,
      "KeyError: 'Item'",
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      HEAD,
      FRAME,
    ],
    kinds: ['error', 'traceback', 'frame', 'source', 'exception', 'chain', 'traceback', 'frame', 'source'],
    shown: { exception: { error: 'RuntimeError: no order' } },
    errors: ['exception-in-handler'],
  },
  'an error up to Python 3.6: its text, then its class': {
    text: [
      START,
      'list index out of range: IndexError',
      HEAD,
      FRAME,
      'IndexError: list index out of range',
      END,
    ],
    kinds: ['start', 'error', 'traceback', 'frame', 'source', 'exception', 'end'],
    shown: { exception: { error: 'IndexError: list index out of range' } },
    not: ['printed-traceback', 'all-succeeded'],
    errors: ['exception-in-handler'],
  },
  'the same words, and a traceback of something else': {
    text: [START, 'list index out of range: IndexError', HEAD, FRAME, "KeyError: 'x'", END],
    kinds: ['start', 'your-output', 'your-traceback', 'frame', 'source', 'exception', 'end'],
    shown: { 'printed-traceback': {} },
    errors: [],
  },
  'a missing handler, without a class': {
    text: [START, "Handler 'handler' missing on module 'main'", END, REPORT],
    kinds: ['start', 'error', 'end', 'report'],
    shown: { 'handler-missing': { handler: 'handler', module: 'main' } },
    not: ['all-succeeded', 'warm'],
    errors: ['handler-not-found'],
  },
  'a syntax error, without a class': {
    text: [START, "Syntax error in module 'main': invalid syntax (main.py, line 8)", END, REPORT],
    shown: { 'syntax-error': { module: 'main', message: 'invalid syntax (main.py, line 8)' } },
    not: ['all-succeeded', 'warm'],
    errors: ['user-code-syntax-error'],
  },
  'a state that Lambda refused': {
    text: ['{"resource":"invoke","error":"Lambda.TooManyRequestsException","cause":"Rate Exceeded."}'],
    shown: { 'error-type-only': { errorType: 'Lambda.TooManyRequestsException' } },
    not: ['exception'],
    errors: ['throttled'],
  },
  'a call that was refused': {
    text: [
      'An error occurred (RequestEntityTooLargeException) when calling the Invoke operation: 6391556 byte payload is too large',
    ],
    kinds: ['tool'],
    shown: { 'error-type-only': { errorType: 'RequestEntityTooLargeException' } },
    not: ['exception', 'open-start', 'open-cause'],
    errors: ['throttled'],
  },
  'the same words from a program': {
    text: [
      START,
      'An error occurred (TooManyRequestsException) when calling the Invoke operation: Rate exceeded',
      END,
    ],
    kinds: ['start', 'your-output', 'end'],
    shown: { ended: {} },
    errors: [],
  },
  'bytes as Python shows them': {
    text: [
      String.raw`b'{"errorMessage": "\'amount\'", "errorType": "KeyError", "requestId": "${ID}", "stackTrace": ["  File \\"/var/task/app.py\\", line 12, in handler\\n    x\\n"]}'`,
    ],
    kinds: ['payload-error', 'frame', 'source'],
    shown: { exception: { error: "KeyError: 'amount'" } },
    errors: ['exception-in-handler'],
  },
  'a message of a dead-letter queue': {
    text: [
      `{"Messages":[{"MessageId":"a","Body":"{}","MessageAttributes":{"ErrorCode":{"StringValue":"200"},"ErrorMessage":{"StringValue":"no id"},"RequestID":{"StringValue":"${ID}"}}}]}`,
    ],
    kinds: ['payload-error'],
    shown: { 'error-message-only': { message: 'no id' } },
    errors: [],
  },
  'an event about a failed invocation': {
    text: [
      `{"version":"0","detail-type":"Lambda Function Invocation Result - Failure","source":"lambda","detail":{"version":"1.0","requestContext":{"requestId":"${ID}","condition":"RetriesExhausted","approximateInvokeCount":3},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"responsePayload":{"errorMessage":"no id","errorType":"ValueError","stackTrace":[]}}}`,
    ],
    kinds: ['invoke-answer', 'payload-error'],
    shown: { exception: { error: 'ValueError: no id' }, 'status-200': {} },
    errors: ['exception-in-handler'],
  },
  'an answer without an error': {
    text: ['{"StatusCode": 200, "ExecutedVersion": "$LATEST"}'],
    kinds: ['invoke-answer'],
    shown: { 'all-succeeded': { count: 1 } },
    errors: [],
  },
  'the beginning of an answer': {
    text: ['{"StatusCode": 200,'],
    shown: {},
    not: ['all-succeeded'],
    errors: [],
  },
  'an extension that ended, by the words of older years': {
    text: [START, `RequestId: ${ID} Error: exit status 2`, 'Extension.Crash', END, REPORT],
    shown: { 'extension-crash': {} },
    not: ['exited', 'exit-status', 'warm'],
    errors: ['extension-crash'],
  },
  'an image that can’t be started': {
    text: [
      'IMAGE\tLaunch error: fork/exec /lambda-entrypoint.sh: exec format error\tEntry Point: [/lambda-entrypoint.sh]\tCmd: [app.handler]\tWorkingDir: [/var/task]',
      START,
      `RequestId: ${ID} Error: fork/exec /lambda-entrypoint.sh: exec format error`,
      'Runtime.InvalidEntrypoint',
      END,
      REPORT,
    ],
    kinds: ['platform-event', 'start', 'exited', 'error-type', 'end', 'report'],
    shown: { 'error-type-only': { errorType: 'Runtime.InvalidEntrypoint' } },
    not: ['exited', 'loaded-twice', 'warm', 'open-cause'],
    errors: ['invalid-entrypoint'],
  },
  'lines before START that don’t come again': {
    text: ['loading', START, `RequestId: ${ID} Error: Runtime exited with error: exit status 1`, END, REPORT],
    shown: { 'exit-status': { status: 1 } },
    not: ['loaded-twice'],
    errors: ['exit-status'],
  },
  'a kill that used all memory is no other attempt': {
    text: [
      START,
      `RequestId: ${ID} Error: Runtime exited with error: signal: killed`,
      'Runtime.ExitError',
      END,
      REPORT.replace('39 MB', '128 MB'),
    ],
    shown: { killed: {} },
    not: ['memory-near', 'memory-full'],
    errors: ['out-of-memory'],
  },
  'an init in advance is charged otherwise': {
    text: [
      '2026-08-02T08:00:00.000Z INIT_START Runtime Version: python:3.13.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:ab',
      '2026-08-02T08:00:00.900Z INIT_REPORT Init Duration: 812.10 ms\tPhase: init\tStatus: success',
      `2026-08-02T09:00:00.900Z ${START}`,
      `2026-08-02T09:00:00.910Z ${END}`,
      `2026-08-02T09:00:00.910Z ${REPORT}Init Duration: 812.10 ms`,
    ],
    shown: { cold: { initMs: 812.1 } },
    not: ['init-free', 'init-billed'],
    errors: [],
  },
  'an init since August 2025 was no free one': {
    text: [`2026-08-02T09:00:00.910Z ${REPORT}Init Duration: 812.10 ms`],
    shown: { cold: {} },
    not: ['init-free', 'init-billed'],
    errors: [],
  },
  'an init without an invocation': {
    text: [
      'INIT_START Runtime Version: python:3.13.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:ab',
      'INIT_REPORT Init Duration: 8012.10 ms\tPhase: init\tStatus: success',
    ],
    shown: { cold: { initMs: 8012.1 } },
    errors: [],
  },
  'a hook that failed after the restore': {
    text: [
      '[ERROR] Runtime.AfterRestoreError: db unreachable',
      HEAD,
      FRAME,
      'RESTORE_REPORT Restore Duration: 1511.25 ms\tStatus: error\tError Type: Runtime.AfterRestoreError',
    ],
    shown: { 'restore-failed': {}, 'error-type-only': { errorType: 'Runtime.AfterRestoreError' } },
    not: ['open-cause'],
    errors: ['after-restore-error'],
  },
  'what a program prints is no answer': {
    text: [START, '{"errorMessage": "no error of the function", "errorType": "MyError"}', END, REPORT],
    kinds: ['start', 'your-json', 'end', 'report'],
    shown: { 'all-succeeded': {} },
    not: ['exception'],
    errors: [],
  },
  'an answer behind a log without an end': {
    text: [START, '{"errorMessage": "no id", "errorType": "ValueError"}'],
    kinds: ['start', 'payload-error'],
    shown: { exception: { error: 'ValueError: no id' } },
    errors: ['exception-in-handler'],
  },
  'a call of what is no function': {
    text: [
      "[ERROR] TypeError: 'module' object is not callable",
      HEAD,
      '  File "/var/lang/lib/python3.12/site-packages/awslambdaric/bootstrap.py", line 178, in handle_event_request',
      '    response = request_handler(event, lambda_context)',
    ],
    shown: { 'error-type-only': { errorType: "TypeError: 'module' object is not callable" } },
    not: ['exception', 'open-cause'],
    errors: ['module-is-not-callable'],
  },
  'an exception of a local tool': {
    text: [
      String.raw`{"errorMessage":"Lambda process returned with error.","errorType":"InvocationException","stackTrace":["  File \"/opt/code/localstack/localstack/services/awslambda/lambda_api.py\", line 459, in run_lambda\n    x\n"]}`,
    ],
    shown: { 'no-lambda': {} },
    not: ['exception'],
    errors: [],
  },
  'API Gateway that waited no longer': {
    text: ['(a1b2c3d4-5e90-4753-875b-3478628f4520) Execution failed due to a timeout error'],
    shown: { 'gateway-timed-out': {} },
    not: ['open-nothing'],
    errors: [],
  },
  'API Gateway without a permission': {
    text: [
      '(a1b2c3d4-5e90-4753-875b-3478628f4520) Execution failed due to configuration error: Invalid permissions on Lambda function',
    ],
    shown: { 'gateway-refused': { message: 'Invalid permissions on Lambda function' } },
    errors: [],
  },
  'API Gateway’s answer alone': {
    text: ['{"message": "Internal server error"}'],
    shown: { 'gateway-no-cause': {} },
    not: ['open-nothing'],
    errors: [],
  },
  'a function’s error in API Gateway’s log': {
    text: [
      `Sun Aug 02 09:10:01 UTC 2026 : Endpoint response body before transformations: {"errorMessage": "'amount'", "errorType": "KeyError", "requestId": "${ID}", "stackTrace": []}`,
      `Sun Aug 02 09:10:01 UTC 2026 : Lambda execution failed with status 200 due to customer function error: 'amount'. Lambda request id: ${ID}`,
    ],
    kinds: ['gateway', 'payload-error', 'gateway-error'],
    shown: { exception: { error: "KeyError: 'amount'" }, 'gateway-function-error': {} },
    not: ['open-cause'],
    errors: ['exception-in-handler'],
  },
  'a fault in JSON': {
    text: [
      `{"time":"2026-08-02T09:10:12.211Z","type":"platform.start","record":{"requestId":"${ID}","version":"$LATEST"}}`,
      String.raw`{"time":"2026-08-02T09:10:12.311Z","type":"platform.fault","record":"RequestId: 6fb5f1b6-56ef-4c69-9d94-5b0a1f8b1d55 Error: Runtime exited with error: exit status 3\nRuntime.ExitError"}`,
    ],
    kinds: ['start', 'exited'],
    shown: { 'exit-status': { status: 3 } },
    errors: ['exit-status'],
  },
  'a state that timed out': {
    text: [
      '{"type":"LambdaFunctionTimedOut","id":5,"lambdaFunctionTimedOutEventDetails":{"error":"States.Timeout"}}',
    ],
    kinds: ['failed-state'],
    shown: { 'error-type-only': { errorType: 'States.Timeout' } },
    errors: [],
  },
  'attempts at the same time, one listed after the other': {
    text: [
      ['2026-08-02T09:10:00.300Z', '2026-08-02T09:10:01.310Z', ID, '1001.00', '1001'],
      ['2026-08-02T09:10:00.500Z', '2026-08-02T09:10:01.610Z', `7${ID.slice(1)}`, '1101.00', '1101'],
    ].flatMap(([from, to, id, ms, billed]) => [
      `${from} START RequestId: ${id} Version: $LATEST`,
      `${to} END RequestId: ${id}`,
      `${to} REPORT RequestId: ${id}\tDuration: ${ms} ms\tBilled Duration: ${billed} ms\tMemory Size: 128 MB\tMax Memory Used: 39 MB`,
    ]),
    shown: { environments: { count: 2 } },
    not: ['one-environment'],
    errors: [],
  },
  'code marks around each line': {
    text: [
      '`',
      '{"errorMessage": "no id", "errorType": "ValueError"}',
      '`',
      ...[START, END, REPORT].map((line) => `\`${line}\``),
    ],
    kinds: ['payload-error', 'start', 'end', 'report'],
    shown: { exception: {} },
    errors: ['exception-in-handler'],
  },
  'times in brackets, as Zappa prints them': {
    text: [
      `[1600000000000] [DEBUG] 2020-09-13T12:26:40.000Z ${ID} Zappa Event: {}`,
      `[1600000000001] ${END}`,
      '[1600000000002] bye',
    ],
    kinds: ['your-log', 'end', 'your-output'],
    shown: {},
    errors: [],
  },
  'an answer that names memory': {
    text: [
      `{"errorType":"Runtime.OutOfMemory","errorMessage":"RequestId: ${ID} Error: Runtime exited with error: signal: killed"}`,
    ],
    shown: { 'out-of-memory-no-size': {} },
    not: ['killed', 'open-memory'],
    errors: ['out-of-memory'],
  },
  'a hook that failed before the snapshot': {
    text: ['[ERROR] Runtime.BeforeSnapshotError: no network', HEAD, FRAME],
    shown: { 'init-failed': { errorType: 'Runtime.BeforeSnapshotError' } },
    not: ['error-type-only', 'open-cause'],
    errors: ['before-snapshot-error'],
  },
  'an import’s words that are repeated': {
    text: [
      START,
      'module initialization error: invalid syntax (util.py, line 3)',
      END,
      REPORT,
      'module initialization error',
      'invalid syntax (util.py, line 3)',
    ],
    kinds: ['start', 'module-error', 'end', 'report', 'module-error', 'error-text'],
    shown: { 'import-raised-untyped': { count: 1 } },
    errors: ['exception-at-import'],
  },
  'Managed Instances: no start is cold or warm, and nothing is frozen': {
    text: [
      `{"time":"2026-08-02T09:10:11.501Z","type":"platform.start","record":{"requestId":"${ID}","version":"3"}}`,
      `{"time":"2026-08-02T09:10:11.502Z","type":"platform.start","record":{"requestId":"7${ID.slice(1)}","version":"3"}}`,
      `{"time":"2026-08-02T09:10:11.701Z","type":"platform.report","record":{"requestId":"${ID}","metrics":{"durationMs":200.1},"status":"success"}}`,
      `{"time":"2026-08-02T09:10:14.502Z","type":"platform.report","record":{"requestId":"7${ID.slice(1)}","metrics":{"durationMs":3000.0},"status":"timeout"}}`,
    ],
    shown: { 'timed-out': { limitS: 3 } },
    not: ['warm', 'environments', 'one-environment'],
    errors: ['timed-out'],
  },
};

describe('an error or an answer', () => {
  for (const [name, { text, kinds, shown, not = [], errors }] of Object.entries(CASES)) {
    it(name, () => {
      const explained = explain(text.join('\n'), ERRORS);
      if (kinds !== undefined)
        assert.deepEqual(
          explained.lines.filter(({ kind }) => kind !== 'wrapper').map(({ kind }) => kind),
          kinds,
        );
      for (const [id, values] of Object.entries(shown)) {
        const found = explained.findings.find((finding) => finding.id === id);
        assert.ok(found, `${id} of ${explained.findings.map((finding) => finding.id).join(', ')}`);
        assert.deepEqual({ ...found.values, ...values }, found.values);
      }
      for (const id of not) assert.ok(!explained.findings.some((finding) => finding.id === id), id);
      assert.deepEqual(explained.errors, errors);
    });
  }
});
