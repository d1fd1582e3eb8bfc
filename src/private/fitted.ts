import { IConstruct } from 'constructs';

/** A name that AWS limits: one that is longer ends with a hash of the construct's path instead. @internal */
export function fitted(name: string, most: number, { node }: IConstruct): string {
  return name.length <= most ? name : `${name.slice(0, most - 9)}-${node.addr.slice(-8)}`;
}
