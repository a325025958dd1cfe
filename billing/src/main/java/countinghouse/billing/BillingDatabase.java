package countinghouse.billing;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.database.Migrations;
import java.util.Map;
import javax.sql.DataSource;

/** Where billing keeps its tables. */
public final class BillingDatabase {
    private static final String PREFIX = "billing.postgres";

    private BillingDatabase() {}

    /**
     * Creates or updates the schema {@code billing}; {@code published} must be there already.
     *
     * @param owner connects as the owner of both schemas
     * @param billingRole the existing role that billing processes use; it is granted what it needs and no more
     */
    public static void migrate(DataSource owner, String billingRole) {
        Migrations.migrate(owner, "db/billing", "billing", Map.of("billing_role", billingRole));
    }

    /** Opens the database in billing's own role: keys {@code billing.postgres.*} if set, otherwise the process's {@code postgres.*}. */
    public static Database open(Settings settings) {
        DatabaseConfig common = DatabaseConfig.from(settings);
        return Database.open(new DatabaseConfig(
                settings.text(PREFIX + ".url", common.url()),
                settings.text(PREFIX + ".user", common.user()),
                settings.text(PREFIX + ".password", common.password()),
                settings.integer(PREFIX + ".pool-size", common.poolSize())));
    }
}
