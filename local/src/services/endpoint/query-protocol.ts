import { ConnectionLost, ServiceError } from '../service-error';
import { Answer, ServiceRequest } from './http-exchange';
import { unexpected } from './json-protocol';
import { isJsonObject, Json, JsonObject } from '../../json';

type Tree = { [name: string]: Tree | string };

/** AWS Query, which SNS speaks: a form with names such as `MessageAttributes.entry.1.Value.StringValue`. */
export function readQueryRequest(request: ServiceRequest): { operation: string; input: JsonObject } {
  const tree: Tree = {};
  for (const [name, value] of new URLSearchParams(request.body)) {
    plant(tree, name.split('.'), value);
  }
  const { Action, Version: _version, ...input } = tree;
  return { operation: String(Action), input: collapse(input) as JsonObject };
}

function plant(tree: Tree, [name, ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    tree[name] = value;
  } else {
    tree[name] ??= {};
    plant(tree[name] as Tree, rest, value);
  }
}

/** `member.1` makes a list; `entry.1.key` or `entry.1.Name` makes a map. */
function collapse(node: Tree | string): Json {
  if (typeof node === 'string') {
    return node;
  }
  if (isNode(node.member)) {
    return inOrder(node.member).map(collapse);
  }
  if (isNode(node.entry)) {
    return Object.fromEntries(inOrder(node.entry).map((entry) => {
      const { key, value, Name, Value } = entry as Tree;
      return [String(key ?? Name), collapse(value ?? Value ?? {})];
    }));
  }
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, collapse(child)]));
}

function isNode(node: Tree | string | undefined): node is Tree {
  return typeof node === 'object';
}

function inOrder(numbered: Tree): Array<Tree | string> {
  return Object.entries(numbered).sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}

export function queryAnswer(operation: string, output: Json): Answer {
  const result = isJsonObject(output) ? members(output) : '';
  return xml(200, `<${operation}Response><${operation}Result>${result}</${operation}Result>`
    + `<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${operation}Response>`);
}

export function queryError(error: unknown): Answer {
  if (error instanceof ConnectionLost) {
    throw error;
  }
  const { code, status, message } = error instanceof ServiceError ? error : unexpected(error);
  const type = status < 500 ? 'Sender' : 'Receiver';
  return xml(status, `<ErrorResponse><Error><Type>${type}</Type><Code>${escape(code)}</Code>`
    + `<Message>${escape(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`);
}

function xml(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function members(output: JsonObject): string {
  return Object.entries(output).map(([name, value]) => `<${name}>${element(value)}</${name}>`).join('');
}

function element(value: Json): string {
  if (Array.isArray(value)) {
    return value.map((item) => `<member>${element(item)}</member>`).join('');
  }
  return isJsonObject(value) ? members(value) : escape(String(value));
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
