import { DeployedStack } from './deployment';
import { Made } from '../services/access/made';
import { pathOf } from '../testkit/named-resource';

/** What the templates made, by ARN; functions by name too. */
export class MadeResources implements Made {
  private readonly arns: ReadonlySet<string>;
  private readonly paths: ReadonlyMap<string, string>;
  private readonly functions: ReadonlyMap<string, string>;

  constructor(stacks: readonly DeployedStack[]) {
    const all = stacks.flatMap(({ resources, withoutEffect }) => [...resources, ...withoutEffect]);
    this.arns = new Set(all.flatMap(({ arn }) => arn ?? []));
    this.paths = new Map(all.flatMap((resource) => (resource.arn === undefined ? [] : [[resource.arn, pathOf(resource)]])));
    this.functions = new Map(all.filter(({ type }) => type === 'AWS::Lambda::Function').map((resource) => [resource.ref, pathOf(resource)]));
  }

  public has(arn: string): boolean {
    return this.arns.has(arn) || this.arns.has(unversioned(arn));
  }

  public pathOf(arn: string): string | undefined {
    return this.paths.get(arn) ?? this.paths.get(unversioned(arn));
  }

  public pathOfFunction(name: string): string | undefined {
    return this.functions.get(name);
  }
}

/** The ARN without its last part: a version, an alias, or what stands below a table. */
function unversioned(arn: string): string {
  return arn.replace(/(\/index\/[^/]*|\/stream\/.*|:[^:/]*)$/, '');
}
