import { roleMay } from '#access';
import type { WorkspaceRole } from '#kernel';
import { crewErrors } from './crews.errors.js';
import type { CrewSettingsDto } from './dto/crew-settings.dto.js';

const domain = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Domains as they are stored: trimmed, lower case, each once. @throws AppError 400 naming the first that is none. */
export function normalizedDomains(domains: readonly string[]): string[] {
  const normalized = domains.map((each) => each.trim().toLowerCase());
  const wrong = normalized.findIndex((each) => each.length > 253 || !domain.test(each));
  if (wrong >= 0) throw crewErrors.invalidDomain({ params: { domain: (domains[wrong] ?? '').slice(0, 100) } });
  return [...new Set(normalized)];
}

/**
 * Judges what a caller wants of a crew.
 * @throws AppError 400 for sizes between "default" and the least possible, 403 for private endpoints below ADMIN.
 */
export function checkSettings(dto: CrewSettingsDto, role: WorkspaceRole): void {
  const { container_memory_mb: memory, container_cpus: cpus } = dto;
  if (typeof memory === 'number' && memory > 0 && memory < 6) throw crewErrors.invalidMemory();
  if (typeof cpus === 'number' && cpus > 0 && cpus < 0.01) throw crewErrors.invalidCpus();
  if (dto.allow_private_endpoints === true && !roleMay(role, 'manage')) throw crewErrors.forbidden();
}
