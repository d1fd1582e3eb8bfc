'use strict';
// The receivers are on the internet. Here their addresses lead to one on this machine: all else of the request stays as it is.
const { fetch } = globalThis;
const RECEIVERS = ['hooks.slack.com', 'events.pagerduty.com'];

globalThis.fetch = (address, options) => {
  const { protocol, host, pathname } = new URL(address);
  if (protocol !== 'https:' || !RECEIVERS.includes(host)) {
    throw new Error(`nobody was to ask ${address}`);
  }
  return fetch(`${process.env.RECEIVER}${pathname}`, options);
};
