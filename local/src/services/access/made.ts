/** What the templates made. */
export interface Made {
  /** Whether they made what an ARN names, or what it is a version or an alias of. */
  has(arn: string): boolean;
  /** The path of the construct that made what has this ARN. */
  pathOf(arn: string): string | undefined;
  pathOfFunction(name: string): string | undefined;
}
