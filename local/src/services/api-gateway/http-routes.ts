import { Api, Route } from './api';

export interface MatchedRoute {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The route of a request: an exact path before one with parameters, before a greedy one, before $default. */
export function findRoute({ routes }: Api, method: string, path: string): MatchedRoute | undefined {
  const matches = routes.filter(({ key }) => key !== '$default').flatMap((route) => {
    const [wantedMethod, pattern] = route.key.split(' ');
    const pathParameters = wantedMethod === 'ANY' || wantedMethod === method ? matchPath(pattern, path) : undefined;
    return pathParameters ? [{ route, pathParameters, weight: weigh(wantedMethod, pattern) }] : [];
  });
  const [best] = matches.sort((a, b) => b.weight - a.weight);
  const fallback = routes.find(({ key }) => key === '$default');
  return best ?? (fallback && { route: fallback, pathParameters: {} });
}

function weigh(method: string, pattern: string): number {
  const parts = pattern.split('/');
  const literal = parts.filter((part) => !part.startsWith('{')).length;
  return literal * 10 + (pattern.includes('+}') ? -5 : 0) + (method === 'ANY' ? 0 : 1);
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part.endsWith('+}')) {
      const rest = given.slice(index).join('/');
      return rest === '' ? undefined : { ...parameters, [part.slice(1, -2)]: rest };
    }
    if (part.startsWith('{') && given[index]) {
      parameters[part.slice(1, -1)] = decodeURIComponent(given[index]);
    } else if (part !== given[index]) {
      return undefined;
    }
  }
  return wanted.length === given.length ? parameters : undefined;
}
