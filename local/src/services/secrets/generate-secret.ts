import { JsonObject } from '../../json';
import { Random } from '../../random';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A secret as GenerateSecretString describes it: a password, or a JSON object with a password in it. */
export function generateSecret(settings: JsonObject, random: Random): string {
  const password = generatePassword(settings, random);
  const { SecretStringTemplate, GenerateStringKey } = settings;
  if (SecretStringTemplate === undefined) {
    return password;
  }
  return JSON.stringify({ ...JSON.parse(String(SecretStringTemplate)) as JsonObject, [String(GenerateStringKey)]: password });
}

function generatePassword(settings: JsonObject, random: Random): string {
  const excluded = String(settings.ExcludeCharacters ?? '');
  const alphabet = [
    ...(settings.ExcludeLowercase === true ? '' : LOWER),
    ...(settings.ExcludeUppercase === true ? '' : LOWER.toUpperCase()),
    ...(settings.ExcludeNumbers === true ? '' : DIGITS),
    ...(settings.ExcludePunctuation === true ? '' : PUNCTUATION),
    ...(settings.IncludeSpace === true ? ' ' : ''),
  ].filter((character) => !excluded.includes(character));
  return Array.from({ length: Number(settings.PasswordLength ?? 32) }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}
