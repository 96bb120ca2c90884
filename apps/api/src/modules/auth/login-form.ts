import { LateBody } from '#http';
import { authErrors } from './auth.errors.js';
import { LoginDto } from './dto/login.dto.js';

/** A sign-in as it was sent, and whether JSON is wanted back rather than a redirect. */
export interface LoginForm {
  body: LoginDto;
  wantsJson: boolean;
}

const maxBytes = 16_384;

/**
 * Reads the body of a sign-in, JSON or form.
 * @throws AppError 400 `auth.unreadable` for a body that is too long, cannot be parsed or has members of a wrong type.
 */
export function readLoginForm(contentType: string | undefined, raw: unknown): LoginForm {
  if (!Buffer.isBuffer(raw) || raw.length > maxBytes) throw authErrors.unreadable();
  const isJson = contentType?.toLowerCase().includes('json') ?? false;
  try {
    if (isJson) return { body: new LateBody(LoginDto, raw).read(), wantsJson: true };
    const form = Object.fromEntries(new URLSearchParams(raw.toString('utf8')));
    const body = LateBody.of(LoginDto, form).read();
    return { body, wantsJson: body.json === 'true' || body.redirect === 'false' };
  } catch (cause) {
    throw authErrors.unreadable({ cause });
  }
}
