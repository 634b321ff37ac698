-- What a used token's successor is made of, together with the token itself. Those used before have none: their use is
-- not repeated.
ALTER TABLE "refresh_tokens" ADD COLUMN "next_seed" BYTEA;
