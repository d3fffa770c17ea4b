/**
 * Events to begin with: of our own writing, in the shapes that AWS documents. Accounts, names and addresses are those that
 * documents keep for examples.
 */

const REGION = 'us-east-1';
const ACCOUNT = '123456789012';
const ID = '11111111-2222-4333-8444-555555555555';
const DAY = '2026-02-02T09:30:00.000Z';

const TEMPLATES = {
  empty: {},
  api: {
    version: '2.0',
    routeKey: 'POST /orders',
    rawPath: '/orders',
    rawQueryString: 'currency=EUR',
    headers: {
      accept: '*/*',
      'content-length': '31',
      'content-type': 'application/json',
      host: 'example.execute-api.us-east-1.amazonaws.com',
      'user-agent': 'curl/8.5.0',
      'x-forwarded-for': '192.0.2.10',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: { currency: 'EUR' },
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'example',
      domainName: 'example.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'example',
      http: {
        method: 'POST',
        path: '/orders',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.10',
        userAgent: 'curl/8.5.0',
      },
      requestId: 'Example1IAMEJzQ=',
      routeKey: 'POST /orders',
      stage: '$default',
      time: '02/Feb/2026:09:30:00 +0000',
      timeEpoch: Date.parse(DAY),
    },
    body: '{"item": "teapot", "count": 2 }',
    isBase64Encoded: false,
  },
  s3: {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: REGION,
        eventTime: DAY,
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:EXAMPLE' },
        requestParameters: { sourceIPAddress: '192.0.2.10' },
        responseElements: { 'x-amz-request-id': 'EXAMPLE123456789', 'x-amz-id-2': 'EXAMPLE' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'new-report',
          bucket: {
            name: 'example-bucket',
            ownerIdentity: { principalId: 'EXAMPLE' },
            arn: 'arn:aws:s3:::example-bucket',
          },
          object: {
            key: 'reports/first+quarter.csv',
            size: 1024,
            eTag: '0123456789abcdef0123456789abcdef',
            sequencer: '0A1B2C3D4E5F678901',
          },
        },
      },
    ],
  },
  sqs: {
    Records: ['first', 'second'].map((name, index) => ({
      messageId: ID.replace(/^1/, String(index + 1)),
      receiptHandle: `receipt-of-the-${name}`,
      body: `{"order": ${String(index + 1)}}`,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(Date.parse(DAY)),
        SenderId: 'AIDAEXAMPLEEXAMPLE00',
        ApproximateFirstReceiveTimestamp: String(Date.parse(DAY) + 10),
      },
      messageAttributes: {},
      md5OfBody: index === 0 ? 'dc97bbb7eff3689c366f23d88bae9f28' : 'f753e9c532295d7596ce49ebb8e81f8a',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`,
      awsRegion: REGION,
    })),
  },
  sns: {
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: `arn:aws:sns:${REGION}:${ACCOUNT}:alarms:${ID}`,
        EventSource: 'aws:sns',
        Sns: {
          SignatureVersion: '1',
          Timestamp: DAY,
          Signature: 'EXAMPLE',
          SigningCertUrl: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-example.pem',
          MessageId: ID,
          Message: 'The queue is longer than it should be.',
          MessageAttributes: { severity: { Type: 'String', Value: 'high' } },
          Type: 'Notification',
          UnsubscribeUrl: 'https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe',
          TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:alarms`,
          Subject: 'ALARM',
        },
      },
    ],
  },
  bridge: {
    version: '0',
    id: ID,
    'detail-type': 'Order placed',
    source: 'shop.orders',
    account: ACCOUNT,
    time: '2026-02-02T09:30:00Z',
    region: REGION,
    resources: [],
    detail: { order: 1, item: 'teapot', count: 2 },
  },
  schedule: {
    version: '0',
    id: ID,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT,
    time: '2026-02-02T09:30:00Z',
    region: REGION,
    resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/every-morning`],
    detail: {},
  },
} as const;

/** The name of a template, and of its title among the page's words. */
export type TemplateName = keyof typeof TEMPLATES;

/** Their names, in the order of the list. */
export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as readonly TemplateName[];

/** The event's text. */
export function templateToText(name: TemplateName): string {
  return JSON.stringify(TEMPLATES[name], null, 2);
}
