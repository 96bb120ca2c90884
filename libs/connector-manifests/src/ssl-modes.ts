/** How much a connection wants of encryption (libpq's `sslmode`). */
export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** One of {@link sslModes}. */
export type SslMode = (typeof sslModes)[number];
