/** Far shorter than the timeout of a function, so that there is time left to retry a request that hangs. */
export const REQUEST_TIMEOUTS = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
