/** Where in a template something stands. */
export interface TemplatePlace {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly property?: string;
}

/** A resource, property or expression that the local cloud cannot run as AWS would. The message names it. */
export class Refusal extends Error {
  public override readonly name = 'Refusal';
}

export function refuse(place: TemplatePlace, what: string, remedy: string): Refusal {
  const property = place.property ? `, property ${place.property}` : '';
  return new Refusal(`${place.stack}/${place.logicalId} (${place.type}${property}): ${what}; ${remedy}`);
}
