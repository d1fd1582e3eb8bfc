import { Resource } from '../resource';

/** A function, whatever runs it. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** The folder and the handler in it, as `index.handler`. */
export interface Code {
  readonly root: string;
  readonly handler: string;
  /** Whether nothing outside the folder says how its files are read, as in Lambda. */
  readonly standsAlone: boolean;
}

export function readSettings(resource: Resource): FunctionSettings {
  const name = resource.name('FunctionName');
  return {
    name,
    arn: resource.arn('lambda', `function:${name}`),
    timeoutSeconds: Number(resource.get('Timeout') ?? 3),
    memoryMb: Number(resource.get('MemorySize') ?? 128),
  };
}
