/** What a service accepts: facts of its published model, for the operations that run here. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, OperationModel>>;
  /** The names of all operations that the service has, in the model's order; those that run here are among them. */
  readonly known: readonly string[];
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface OperationModel {
  /** The shape of its input. */
  readonly input: string;
  /** The exceptions that its model declares; clients have a class for each of them. */
  readonly errors: readonly string[];
}

/** A type of the model; others are named. */
export type Shape = StructureShape | ListShape | MapShape | ScalarShape;

export interface StructureShape {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
}

export interface ListShape extends Bounds {
  readonly type: 'list';
  readonly member: string;
}

export interface MapShape extends Bounds {
  readonly type: 'map';
  readonly key: string;
  readonly value: string;
}

export interface ScalarShape extends Bounds {
  readonly type: 'string' | 'boolean' | 'integer' | 'long' | 'double' | 'blob' | 'timestamp';
  readonly enum?: readonly string[];
  /** A regular expression that the whole text must match. */
  readonly pattern?: string;
  /** Messages do not repeat its value. */
  readonly sensitive?: boolean;
}

/** Of a number its value, of anything else its length. */
interface Bounds {
  readonly min?: number;
  readonly max?: number;
}
