import { plainText } from './plain-text';

/** A page of the AWS console. */
export interface Link {
  readonly name: string;
  readonly url: string;
}

/** Only a value that one of these accepts becomes part of a link: it can neither end the link nor be markup. */
const EXECUTION = /^arn:(aws|aws-cn|aws-us-gov):states:([a-z0-9-]+):\d{12}:(execution|express):[\w:-]+$/;
const ALARM = /^arn:(aws|aws-cn|aws-us-gov):cloudwatch:([a-z0-9-]+):\d{12}:alarm:(.+)$/;
const ORDER_ID = /^[\w-]{1,64}$/;
const DOMAINS: Readonly<Record<string, string>> = {
  'aws': 'console.aws.amazon.com', 'aws-cn': 'console.amazonaws.cn', 'aws-us-gov': 'console.amazonaws-us-gov.com',
};
const MAX_ARN = 512;

const MINUTE = 60_000;
/** An EXPRESS execution ends within five minutes; a STANDARD one can wait for days. */
const LOOK_BACK = { express: 10 * MINUTE, execution: 24 * 60 * MINUTE };

/** The untrusted values that the links of an order are made of. */
export interface OrderTrace {
  readonly orderId: string;
  readonly execution: unknown;
  readonly at: number;
  readonly logGroup?: string;
}

/** Links to the execution of an order and to its log events. */
export function executionLinks({ orderId, execution, at, logGroup }: OrderTrace): Link[] {
  const arn = typeof execution === 'string' && execution.length <= MAX_ARN ? EXECUTION.exec(execution) : undefined;
  if (!arn) return [];
  const [whole, partition, region, type] = arn;
  const since = at - LOOK_BACK[type as keyof typeof LOOK_BACK];
  const page = type === 'express' ? `express-executions/details/${whole}?startDate=${since}` : `v2/executions/details/${whole}`;
  const links = [{ name: 'Execution', url: `${home(partition, region, 'states')}#/${page}` }];
  if (!logGroup || !ORDER_ID.test(orderId)) return links;
  const query = `fields @timestamp, type, @message | filter execution_arn = "${whole}" or @message like "${orderId}" | sort @timestamp`;
  const detail = `~(end~'${date(at + 10 * MINUTE)}~start~'${date(since)}~timeType~'ABSOLUTE~tz~'UTC`
    + `~editorString~'${logsInsightsEncoded(query)}~source~(~'${logsInsightsEncoded(logGroup)}))`;
  return [...links, {
    name: 'Logs', url: `${home(partition, region, 'cloudwatch')}#logsV2:logs-insights$3FqueryDetail$3D${detail}`,
  }];
}

/** A link to the alarm. */
export function alarmLinks(alarmArn: unknown): Link[] {
  const arn = ALARM.exec(plainText(alarmArn, MAX_ARN));
  if (!arn) return [];
  const [, partition, region, name] = arn;
  return [{ name: 'Alarm', url: `${home(partition, region, 'cloudwatch')}#alarmsV2:alarm/${encodeURIComponent(name)}` }];
}

function home(partition: string, region: string, service: string): string {
  return `https://${region}.${DOMAINS[partition]}/${service}/home?region=${region}`;
}

/** Logs Insights encodes a character as `*` and its code instead of `%` and its code. */
function logsInsightsEncoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
    .replace(/%(..)/g, (_, code: string) => `*${code.toLowerCase()}`);
}

function date(at: number): string {
  return new Date(at).toISOString().replaceAll(':', '*3a');
}
