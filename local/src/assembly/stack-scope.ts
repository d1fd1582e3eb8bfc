import { Json, JsonObject } from '../json';
import { CrossStackValues } from './cross-stack-values';
import { decide, resolve, Scope } from './intrinsics';
import { Refusal } from './refusal';
import { StackTemplate, TemplateParameter } from './template';

/** What a created resource answers to Ref and Fn::GetAtt. */
export interface CreatedResource {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, Json>>;
}

/** The names of one stack: they come to stand for values while its resources are created. */
export class StackScope implements Scope {
  public readonly region: string;
  private readonly created = new Map<string, CreatedResource>();
  private readonly decided = new Map<string, boolean>();
  private readonly pseudoParameters: Readonly<Record<string, Json | undefined>>;

  /** @param others what the stacks before this one have. */
  constructor(private readonly stack: StackTemplate, private readonly others: CrossStackValues) {
    this.region = stack.region;
    this.pseudoParameters = {
      'AWS::AccountId': stack.account,
      'AWS::Region': stack.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': undefined,
    };
  }

  public add(logicalId: string, resource: CreatedResource): void {
    this.created.set(logicalId, resource);
  }

  public ref(name: string): Json | undefined {
    if (Object.hasOwn(this.pseudoParameters, name)) {
      return this.pseudoParameters[name];
    }
    const parameter = this.stack.template.Parameters?.[name];
    return parameter ? this.parameter(name, parameter) : this.resource(name).ref;
  }

  public attribute(logicalId: string, attribute: string): Json {
    const { attributes = {} } = this.resource(logicalId);
    if (!Object.hasOwn(attributes, attribute)) {
      const known = Object.keys(attributes).join(', ') || 'none';
      throw new Refusal(`${this.stack.name}/${logicalId} has no attribute ${attribute} in the local cloud; those it has: ${known}`);
    }
    return attributes[attribute];
  }

  public condition(name: string): boolean {
    const condition = this.stack.template.Conditions?.[name];
    if (condition === undefined) {
      throw new Refusal(`stack ${this.stack.name} names a condition ${name} that it does not have; add it to Conditions`);
    }
    // https://github.com/aws-cloudformation/cfn-lint/pull/4519
    if (JSON.stringify(condition).includes('"Fn::GetStackOutput"')) {
      throw new Refusal(`stack ${this.stack.name} is refused: Cannot use Fn::GetStackOutput in Conditions (${name})`);
    }
    if (!this.decided.has(name)) {
      this.decided.set(name, decide(condition, this));
    }
    return this.decided.get(name)!;
  }

  public mapping(name: string): JsonObject {
    const mapping = this.stack.template.Mappings?.[name];
    if (!mapping) {
      throw new Refusal(`stack ${this.stack.name} names a mapping ${name} that it does not have; add it to Mappings`);
    }
    return mapping;
  }

  public exported(name: string): Json {
    return this.others.exported(name, this.stack);
  }

  public outputOf(stack: string, output: string, region: string): Json {
    return this.others.output({ name: stack, region }, output, this.stack);
  }

  /** The stack's outputs, once its resources are there; other stacks know them from then on. */
  public outputs(): Record<string, string> {
    const { Outputs = {} } = this.stack.template;
    const wanted = Object.entries(Outputs).filter(([, { Condition }]) => !Condition || this.condition(Condition));
    const values = wanted.map(([name, { Value }]) => [name, resolve(Value, this) ?? ''] as const);
    wanted.forEach(([, { Export }], index) => Export && this.others.export(String(resolve(Export.Name, this)), values[index][1], this.stack));
    this.others.add(this.stack, Object.fromEntries(values));
    return Object.fromEntries(values.map(([name, value]) => [name, String(value)]));
  }

  private resource(logicalId: string): CreatedResource {
    const resource = this.created.get(logicalId);
    if (!resource) {
      const exists = Object.hasOwn(this.stack.template.Resources ?? {}, logicalId);
      const why = exists ? 'its condition is false, or the local cloud leaves its type out' : 'the template has nothing of that name';
      throw new Refusal(`stack ${this.stack.name} refers to ${logicalId}, which is not there: ${why}; remove the reference for local runs`);
    }
    return resource;
  }

  private parameter(name: string, { Type, Default }: TemplateParameter): Json {
    if (Default === undefined) {
      throw new Refusal(`parameter ${name} of stack ${this.stack.name} (${Type}) has no default; give it one for local runs`);
    }
    return Type === 'CommaDelimitedList' || Type.startsWith('List<') ? String(Default).split(',').map((item) => item.trim()) : Default;
  }
}
