-- Old generations are dropped (ADR 0136). What names them goes on naming them: the generation that came after, and proofs of the archive.
ALTER TABLE published.generation DROP CONSTRAINT generation_parent_fkey;
ALTER TABLE published.proof DROP CONSTRAINT proof_generation_fkey;
