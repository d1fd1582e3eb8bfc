/** An expression that we leave out, and what we write instead. */
export interface LeftOut {
  readonly expression: RegExp;
  readonly write: string;
}

/**
 * The words that a reader of AWS and CDK documentation would not search for. docs/glossary.md has those that we use.
 * They are looked for in the words of a text: `toldAt` is `told at`, and `take-up` is `take up`.
 */
export const LEFT_OUT: LeftOut[] = [
  { expression: /\b(tell|tells|telling|told|untold)\b/i, write: 'notify, publish, deliver, send; state, report' },
  { expression: /\b(brought|of yours)\b/i, write: 'existing, imported' },
  { expression: /\b(somebody|anybody|nobody|whoever|people|strangers?)\b/i, write: 'the caller, the principal, the operator, the customer' },
  { expression: /\b(park|parks|parked|parking)\b/i, write: 'on hold (an order), dead-letter queue (a message)' },
  { expression: /\b(take|takes|taking|taken|took) (it |them )?up\b/i, write: 'recover, take over' },
  { expression: /\b(look|looks|looking|looked) after\b/i, write: 'recover, take over' },
  { expression: /\b(take|takes|taking|taken|took) (it |them )?back\b/i, write: 'compensate, undo' },
  { expression: /\b(patience|patient|patiently)\b/i, write: 'timeout, retry policy; expire, time out' },
  { expression: /\b(pace|paces|paced)\b/i, write: 'retry policy, timing' },
  { expression: /\bhindrances?\b/i, write: 'skip reason' },
  { expression: /\b(ask|asks|asked|asking) (about )?(an?|the|its|that) (order's )?execution\b|\bgrant ask\b/i, write: 'describe (an execution)' },
  { expression: /\bwho, (and )?of what\b/i, write: 'properties for …' },
  { expression: /\b(dead(?! letter)|death|deaths|die|dies|died|dying)\b/i, write: 'interrupted (an execution), gone, ended' },
  { expression: /\b(desk|backstage)\b/i, write: 'a plain role name' },
];
