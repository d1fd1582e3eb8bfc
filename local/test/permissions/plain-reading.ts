/**
 * The rules of policies once more, as plainly as they can be written: from the documents themselves, statement by statement,
 * with a recursion for wildcards. It is slow, and shares nothing with what it checks.
 */
export interface PlainStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Principal?: '*' | { readonly AWS?: readonly string[]; readonly Service?: readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface PlainCall {
  readonly role?: string;
  readonly account?: string;
  readonly service?: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The whole of an account: the role's statements and the resource's, and whether the resource is one that decides alone. */
export function plainlyAllowed(call: PlainCall, identity: readonly PlainStatement[], resource: readonly PlainStatement[], isKey: boolean): boolean {
  for (const statement of identity) {
    if (statement.Effect === 'Deny' && concerns(statement, call)) {
      return false;
    }
  }
  for (const statement of resource) {
    if (statement.Effect === 'Deny' && concerns(statement, call) && (isNamed(statement, call) || isAccountNamed(statement, call))) {
      return false;
    }
  }
  const admits = resource.some((statement) => statement.Effect === 'Allow' && concerns(statement, call) && isNamed(statement, call));
  const delegates = resource.some((statement) => statement.Effect === 'Allow' && concerns(statement, call) && isAccountNamed(statement, call));
  const grants = identity.some((statement) => statement.Effect === 'Allow' && concerns(statement, call));
  return admits || (grants && (!isKey || delegates));
}

function isNamed({ Principal }: PlainStatement, { role, service }: PlainCall): boolean {
  return Principal === '*' || (Principal?.AWS ?? []).includes('*') || (Principal?.AWS ?? []).some((name) => name === role)
    || (Principal?.Service ?? []).some((name) => name === service);
}

function isAccountNamed({ Principal }: PlainStatement, { account }: PlainCall): boolean {
  return account !== undefined && Principal !== '*'
    && (Principal?.AWS ?? []).some((name) => name === account || name === `arn:aws:iam::${account}:root`);
}

function concerns(statement: PlainStatement, { action, resource, context }: PlainCall): boolean {
  const named = (statement.Action ?? statement.NotAction)!.some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase()));
  const placed = (statement.Resource ?? statement.NotResource)!.some((pattern) => pattern === '*' || globOfArn(pattern, resource));
  return named === (statement.Action !== undefined)
    && placed === (statement.Resource !== undefined)
    && Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => conditionHolds(operator, wanted, context[key])));
}

function conditionHolds(written: string, wanted: readonly string[], seen: string | readonly string[] | undefined): boolean {
  const [set, name] = written.includes(':') ? written.split(':') : [undefined, written];
  const ifExists = name.endsWith('IfExists');
  const operator = ifExists ? name.slice(0, -8) : name;
  if (operator === 'Null') {
    return wanted.includes(String(seen === undefined || seen.length === 0));
  }
  const negated = operator.includes('Not');
  if (seen === undefined) {
    return ifExists || set === 'ForAllValues' || (set === undefined && negated);
  }
  const ok = (value: string) => wanted.some((one) => matches(operator.replace('Not', ''), one, value)) !== negated;
  const values = typeof seen === 'string' ? [seen] : seen;
  switch (set) {
    case 'ForAllValues': return values.every(ok);
    case 'ForAnyValue': return values.some(ok);
    default: return values.length === 1 && ok(values[0]);
  }
}

function matches(operator: string, wanted: string, seen: string): boolean {
  switch (operator) {
    case 'StringEquals': return wanted === seen;
    case 'StringLike': return glob(wanted, seen);
    case 'NumericLessThan': return Number(seen) < Number(wanted);
    case 'NumericEquals': return Number(seen) === Number(wanted);
    case 'Bool': return wanted === seen;
    default: throw new Error(operator);
  }
}

function glob(pattern: string, text: string): boolean {
  if (pattern === '') {
    return text === '';
  }
  if (pattern[0] === '*') {
    return glob(pattern.slice(1), text) || (text !== '' && glob(pattern, text.slice(1)));
  }
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && glob(pattern.slice(1), text.slice(1));
}

/** A star that other characters of its segment follow does not pass a colon, in the first five segments. */
function globOfArn(pattern: string, text: string, colons = 0): boolean {
  if (pattern === '') {
    return text === '';
  }
  if (pattern[0] === '*') {
    const stays = colons < 5 && pattern.length > 1 && pattern[1] !== ':';
    return globOfArn(pattern.slice(1), text, colons) || (text !== '' && !(stays && text[0] === ':') && globOfArn(pattern, text.slice(1), colons));
  }
  const passed = colons + (pattern[0] === ':' ? 1 : 0);
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && globOfArn(pattern.slice(1), text.slice(1), passed);
}
