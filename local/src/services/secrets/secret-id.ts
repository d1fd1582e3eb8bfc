/** Secrets Manager adds six characters to the name, so that a secret that is made again has another ARN. */
const ADDED = /-[A-Za-z0-9]{6}$/;
const ADDED_HERE = '-local0';

/**
 * The names that an id may mean: it is a name, an ARN, or an ARN without what is added to the name.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function namesMeant(id: string): string[] {
  if (!id.startsWith('arn:')) {
    return [id];
  }
  const [, name] = id.split(':secret:');
  return [name, name.replace(ADDED, '')];
}

/** The ARN by which policies name a secret, which an id names in one of its forms: `<place>:secret:<name>-<six characters>`. */
export function wholeArn(id: string, name: string, place: string): string {
  if (!id.startsWith('arn:')) {
    return `${place}:secret:${id}${ADDED_HERE}`;
  }
  return id.endsWith(`:secret:${name}`) ? id + ADDED_HERE : id;
}
