import {
  checkQuotas,
  checkReferences,
  checkTemplate,
  CreatedResource,
  createInName,
  creationOrder,
  CrossStackValues,
  isWithoutEffect,
  propertiesWithQuota,
  refuse,
  Refusal,
  resolve,
  StackScope,
  StackTemplate,
  TemplateResource,
} from '../assembly';
import { JsonObject } from '../json';
import { Addresses } from '../services/addresses';
import { Resource } from '../services/resource';
import { ResourceType, Service } from '../services/service';

export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  /** The construct's path in the CDK app, if the assembly has it. */
  readonly path?: string;
  readonly ref: string;
  /** Its ARN, for those that have one. */
  readonly arn?: string;
}

export interface DeployedStack {
  readonly name: string;
  readonly resources: readonly DeployedResource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** What was made in name only. */
  readonly withoutEffect: readonly DeployedResource[];
}

/** Creates what the templates describe, each resource after those it refers to. */
export async function deploy(
  stacks: readonly StackTemplate[],
  services: readonly Service[],
  addresses: Addresses,
): Promise<DeployedStack[]> {
  const types = new Map(services.flatMap((service) => Object.entries(service.types)));
  refuseUnknown(stacks, types);
  const values = new CrossStackValues();
  const deployed: DeployedStack[] = [];
  for (const stack of stacks) {
    deployed.push(await deployStack(stack, types, values, addresses));
  }
  return deployed;
}

async function deployStack(
  stack: StackTemplate,
  types: ReadonlyMap<string, ResourceType>,
  values: CrossStackValues,
  addresses: Addresses,
): Promise<DeployedStack> {
  const { Resources = {} } = stack.template;
  checkTemplate(stack);
  checkReferences(stack);
  const scope = new StackScope(stack, values);
  const resources: DeployedResource[] = [];
  const withoutEffect: DeployedResource[] = [];
  for (const logicalId of creationOrder(stack)) {
    const template = Resources[logicalId];
    if (template.Condition && !scope.condition(template.Condition)) {
      continue;
    }
    const path = stack.paths?.get(logicalId) ?? (template.Metadata?.['aws:cdk:path'] as string | undefined);
    const inName = isWithoutEffect(template.Type);
    const created = inName
      ? nameOnly(stack, logicalId, template, scope)
      : await create({ ...stack, path, logicalId }, template, types.get(template.Type)!, scope, addresses);
    scope.add(logicalId, created);
    const arn = arnOf(created);
    (inName ? withoutEffect : resources).push({
      logicalId, type: template.Type, ref: created.ref, ...(path && { path }), ...(arn !== undefined && { arn }),
    });
  }
  return { name: stack.name, resources, withoutEffect, outputs: addresses.localize(scope.outputs()) };
}

function arnOf({ ref, attributes }: CreatedResource): string | undefined {
  return ref.startsWith('arn:') ? ref : attributes?.Arn as string | undefined;
}

function nameOnly(stack: StackTemplate, logicalId: string, template: TemplateResource, scope: StackScope): CreatedResource {
  const { Type, Properties = {} } = template;
  const limited = Object.fromEntries(Object.entries(Properties).filter(([property]) => propertiesWithQuota(Type).includes(property)));
  checkQuotas({ stack: stack.name, logicalId, type: Type }, resolve(limited, scope) as JsonObject);
  return createInName(stack, logicalId, template);
}

async function create(
  origin: StackTemplate & { readonly logicalId: string; readonly path: string | undefined },
  { Type, Properties = {} }: TemplateResource,
  type: ResourceType,
  scope: StackScope,
  addresses: Addresses,
) {
  const { logicalId } = origin;
  const place = { stack: origin.name, logicalId, type: Type };
  const known = new Set([...type.used, ...type.ignored]);
  const unknown = Object.keys(Properties).filter((property) => !known.has(property));
  if (unknown.length > 0) {
    throw refuse({ ...place, property: unknown.join(', ') }, 'is not supported by the local cloud', 'leave it out of local runs');
  }
  const used = Object.fromEntries(Object.entries(Properties).filter(([property]) => type.used.includes(property)));
  try {
    const resolved = addresses.localize(resolve(used, scope) as JsonObject);
    const [reference] = /\{\{resolve:[^}]*\}\}/.exec(JSON.stringify(resolved)) ?? [];
    if (reference) {
      throw refuse(place, `has the dynamic reference ${reference}`, 'read the secret or parameter at run time instead');
    }
    checkQuotas(place, resolved);
    return await type.create(new Resource({ ...origin, ...place }, resolved));
  } catch (error) {
    throw error instanceof Refusal ? error : refuse(place, `cannot be created: ${(error as Error).message}`, 'correct it in the CDK app');
  }
}

/** All types at once, so that they can be corrected in one go. */
function refuseUnknown(stacks: readonly StackTemplate[], types: ReadonlyMap<string, ResourceType>): void {
  const unknown = stacks.flatMap(({ name, template: { Resources = {}, Transform } }) => [
    ...(Transform === undefined ? [] : [`stack ${name} uses the transform ${JSON.stringify(Transform)}`]),
    ...Object.entries(Resources)
      .filter(([, { Type }]) => !types.has(Type) && !isWithoutEffect(Type))
      .map(([logicalId, { Type }]) => `${name}/${logicalId} (${Type})`),
  ]);
  if (unknown.length > 0) {
    throw new Refusal(`the local cloud cannot run ${unknown.join(', ')}; leave ${unknown.length === 1 ? 'it' : 'them'} out of local runs`);
  }
}
