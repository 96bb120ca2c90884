export { ByteBudget } from './byte-budget.js';
export type { FailureClass } from './connection-failure.js';
export { DnsResolver, SystemDnsResolver } from './dns-resolver.js';
export { egressErrors, findRefusal, type Refusal, type RefusalRule } from './egress.errors.js';
export { Egress, type EgressOptions } from './egress.js';
export { EgressPolicy } from './egress-policy.js';
export type { EgressLimits, EgressReply, EgressRequest, FetchFunction, RedirectPolicy } from './egress-request.js';
export { checkEndpoint, checkSecureEndpoint, type EndpointCheck } from './endpoint-check.js';
export { findHeaderFault, type HeaderFault, type OutboundHeaders } from './header-rules.js';
