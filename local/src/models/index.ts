/*
 * Models of services, and what is wrong with an input by such a model. It knows no service: each one's model is generated
 * from what AWS publishes.
 */
export { CompiledShapes, type Check } from './compile-shape';
export type { ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape } from './model';
export { nearestName } from './nearest-name';
export type { Fault, Problem, Step, UnknownMember } from './problem';
