/** What the CDK wrote of the constructs of a stack: entries by the path of the construct. */
export type ConstructMetadata = Readonly<Record<string, ReadonlyArray<{ readonly type: string; readonly data?: unknown }>>>;

/** From the logical id of each resource to its path; templates contain it only if the CDK CLI wrote them. */
export function constructPaths(metadata: ConstructMetadata): Map<string, string> {
  return new Map(
    Object.entries(metadata).flatMap(([path, entries]) =>
      entries
        .filter(({ type }) => type === 'aws:cdk:logicalId')
        .map(({ data }): [string, string] => [String(data), path.replace(/^\//, '')]),
    ),
  );
}
