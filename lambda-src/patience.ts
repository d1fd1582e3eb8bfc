/** A connection that hangs is given up long before the function is: then there is time left to ask again. */
export const PATIENCE = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
