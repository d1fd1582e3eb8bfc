'use strict';
/**
 * Runs inside a worker thread: one instance of a function. Plain JavaScript, so that it starts as it stands.
 * It loads the handler as the Lambda runtime would, and answers one invocation at a time.
 */
const dns = require('node:dns');
const Module = require('node:module');
const { existsSync, readFileSync, realpathSync } = require('node:fs');
const { join, dirname, sep } = require('node:path');
const { pathToFileURL } = require('node:url');
const { parentPort, workerData } = require('node:worker_threads');

/** As files are named once they are loaded. */
const root = realpathSync(workerData.root);
const RealDate = Date;
/** Set while virtual time is shown: the moment at which the invocation began. */
let shownTime;

class ShownDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [ShownDate.now()] : parts));
  }

  static now() {
    return shownTime ?? RealDate.now();
  }
}

if (workerData.virtualTime) {
  globalThis.Date = new Proxy(ShownDate, {
    apply: () => new ShownDate().toString(),
  });
}

// The Lambda runtime includes the AWS SDK: functions that leave it out of their bundle get the one installed here.
process.env.NODE_PATH = workerData.modulePaths.join(process.platform === 'win32' ? ';' : ':');
Module._initPaths();

// Some operations put a prefix before the host, which for an address is no host at all.
const { lookup } = dns;
dns.lookup = (host, ...rest) => lookup(String(host).replace(/^[a-z]+-(?=127\.)/, ''), ...rest);

// Posts to Slack and PagerDuty stay on this machine, as mails do.
const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  const url = args[0] instanceof Request ? args[0].url : String(args[0]);
  const host = URL.canParse(url) ? new URL(url).host : '';
  if (!workerData.receivers.includes(host)) {
    return fetch(...args);
  }
  const request = new Request(...args);
  const authorization = `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/20260101/local/posts/aws4_request`;
  const headers = { 'content-type': 'application/json', authorization };
  return fetch(`${process.env.AWS_ENDPOINT_URL}/posts/${host}`, {
    method: 'POST', headers, body: await request.text(), signal: request.signal, redirect: request.redirect,
  });
};

// In Lambda an asset stands alone: the package.json of the app, which lies above cdk.out here, says nothing of its files.
if (workerData.standsAlone) {
  const loadAsNode = Module._extensions['.js'];
  Module._extensions['.js'] = (module, file) => {
    if (file.startsWith(`${root}${sep}`) && !isEsModule(file)) {
      module._compile(readFileSync(file, 'utf8'), file);
    } else {
      loadAsNode(module, file);
    }
  };
}

let current;

function describe(error) {
  if (error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: String(error.stack ?? '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function answer(outcome) {
  if (current !== undefined) {
    const id = current;
    current = undefined;
    parentPort.postMessage({ id, ...outcome });
  }
}

process.on('uncaughtException', (error) => {
  answer({ error: describe(error) });
  process.exit(1);
});
process.on('unhandledRejection', (reason) => {
  const { errorType, errorMessage, trace } = describe(reason);
  answer({ error: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: `${errorType}: ${errorMessage}`, trace } });
  process.exit(1);
});

async function loadHandler() {
  const { handler, standsAlone } = workerData;
  const dot = handler.lastIndexOf('.');
  const [path, name] = [join(root, handler.slice(0, dot)), handler.slice(dot + 1)];
  // What stands in for a function is named with its extension.
  const file = ['.js', '.cjs', '.mjs', ''].map((extension) => path + extension).find((candidate) => existsSync(candidate));
  if (!file) {
    const error = new Error(`Cannot find module '${handler.slice(0, dot)}'`);
    error.name = 'Runtime.ImportModuleError';
    throw error;
  }
  const loaded = standsAlone && !isEsModule(file) ? require(file) : await import(pathToFileURL(file).href);
  const found = loaded[name] ?? loaded.default?.[name];
  if (typeof found !== 'function') {
    const error = new Error(`${handler} is undefined or not exported`);
    error.name = 'Runtime.HandlerNotFound';
    throw error;
  }
  return found;
}

function isEsModule(file) {
  if (!file.endsWith('.js')) {
    return file.endsWith('.mjs');
  }
  for (let folder = dirname(file); `${folder}${sep}`.startsWith(`${root}${sep}`); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    }
  }
  return false;
}

async function invoke(handler, { id, event, context, now, timeoutMs }) {
  current = id;
  shownTime = now;
  process.env._X_AMZN_TRACE_ID = context.traceId;
  const begin = performance.now();
  const shown = {
    ...context,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(timeoutMs - (performance.now() - begin))),
  };
  try {
    const result = await call(handler, JSON.parse(event), shown);
    const text = JSON.stringify(result === undefined ? null : result);
    answer({ result: text === undefined ? 'null' : text });
  } catch (error) {
    answer({ error: describe(error) });
  }
}

/** Handlers return a promise or, in the older manner, call back. */
function call(handler, event, context) {
  if (handler.length < 3) {
    return handler(event, context);
  }
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
    if (typeof returned?.then === 'function') {
      returned.then(resolve, reject);
    }
  });
}

shownTime = workerData.now;
loadHandler().then(
  (handler) => {
    parentPort.on('message', (invocation) => void invoke(handler, invocation));
    parentPort.postMessage({ ready: true });
  },
  (error) => {
    parentPort.postMessage({ initError: describe(error) });
  },
);
