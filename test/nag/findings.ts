import { CfnResource } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NagPack, ServerlessChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';

/** What a pack of rules says of a resource. */
export interface Finding {
  readonly rule: string;
  /** What exactly, where a rule can find several things at one resource. */
  readonly detail: string;
  readonly resource: CfnResource;
}

/** As the packs see them: their own types come from a newer CDK than the compiler looks at. */
interface Report {
  readonly violations: Array<{ readonly ruleName: string; readonly violatingResources: Array<{ readonly constructPath: string }> }>;
}

const PACKS: NagPack[] = [new AwsSolutionsChecks(), new ServerlessChecks()];

/** All that the packs AwsSolutions and Serverless find below a construct. */
export function findingsIn(root: IConstruct): Finding[] {
  const resources = new Map(root.node.findAll().filter(CfnResource.isCfnResource).map((resource) => [resource.node.path, resource]));
  return PACKS.flatMap((pack) => (pack.validateScope(root) as Report).violations).flatMap(({ ruleName, violatingResources }) => {
    const [, rule, detail = ''] = /^([^[]+)(?:\[(.*)\])?$/.exec(ruleName)!;
    return violatingResources.map(({ constructPath }) => ({ rule, detail, resource: resources.get(constructPath)! }));
  });
}

/** A finding in one line. */
export function lineOf({ rule, detail, resource }: Finding): string {
  return `${rule}${detail && `[${detail}]`} at ${resource.node.path}`;
}
