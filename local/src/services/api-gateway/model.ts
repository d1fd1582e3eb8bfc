import { MODEL } from './model.generated';
import { ServiceModel, Shape } from '../../models';

/** The model of calls to `@connections`, with what AWS reads of the host: the API and its stage. */
export const CONNECTIONS_MODEL: ServiceModel = {
  ...MODEL,
  shapes: Object.fromEntries(Object.entries(MODEL.shapes).map(([name, shape]) => [name, withHost(shape)])),
};

function withHost(shape: Shape): Shape {
  return shape.type === 'structure' ? { ...shape, members: { ...shape.members, ApiId: '__string', Stage: '__string' } } : shape;
}
