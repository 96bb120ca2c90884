-- What an agent effectively has depends on a token's expiry only where nothing renews the token. A routine refresh must not
-- make every cached resolution of its workspace anew.

DROP TRIGGER "credentials_updated" ON "credentials";
CREATE TRIGGER "credentials_updated" AFTER UPDATE ON "credentials" FOR EACH ROW
  WHEN ((OLD."name", OLD."status", CASE WHEN OLD."sealed_refresh_token" IS NULL THEN OLD."token_expires_at" END, OLD."deleted_at")
    IS DISTINCT FROM (NEW."name", NEW."status", CASE WHEN NEW."sealed_refresh_token" IS NULL THEN NEW."token_expires_at" END, NEW."deleted_at"))
  EXECUTE FUNCTION "raise_workspace_revision_of_row"();
