import { need, NeedTable } from '../access/need';

/**
 * What calls to Lambda need.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * @param place `arn:aws:lambda:<region>:<account>`
 */
export function lambdaNeeds(place: string): NeedTable {
  return {
    Invoke: ({ FunctionName }) => {
      const name = String(FunctionName);
      return [need('lambda:InvokeFunction', name.startsWith('arn:') ? name : `${place}:function:${name}`)];
    },
  };
}
