-- Billing moves the pointer back for an admin, and writes the move down in the same transaction (ADR 0143).
GRANT EXECUTE ON FUNCTION published.roll_back TO ${billing_role};
