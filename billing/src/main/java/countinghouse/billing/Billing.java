package countinghouse.billing;

import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountOverrides;
import countinghouse.billing.account.Accounts;
import countinghouse.billing.idempotency.IdempotentChanges;
import countinghouse.billing.invoice.AdjustmentRun;
import countinghouse.billing.invoice.CreditNotes;
import countinghouse.billing.invoice.DocumentCheck;
import countinghouse.billing.invoice.Documents;
import countinghouse.billing.invoice.DraftRun;
import countinghouse.billing.invoice.PeriodCloses;
import countinghouse.billing.invoice.PeriodLines;
import countinghouse.billing.invoice.StatusChanges;
import countinghouse.billing.ledger.GenerationRecords;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerExport;
import countinghouse.billing.ledger.LedgerHead;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.billing.ledger.LedgerVerifier;
import countinghouse.billing.plan.LoadedPlans;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanLoads;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.plan.PlanYaml;
import countinghouse.billing.publication.Rollback;
import countinghouse.billing.report.UsageReports;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.PublishedUsage;
import countinghouse.billing.usage.UnregisteredUsage;
import countinghouse.billing.verify.EvidenceProvider;
import countinghouse.billing.verify.EvidenceSource;
import countinghouse.billing.verify.LineVerifier;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.schedule.CountingSchedule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** All of billing over one database, for the API, the commands and whoever runs it in process. */
public final class Billing implements AutoCloseable {
    private final Database database;
    private final Optional<EvidenceSource> evidence;
    private final LoadedPlans plans;
    private final PlanLoads planLoads;
    private final AccountOverrides overrides;
    private final MeterCatalog meters;
    private final Clock clock;
    private final ClosedUsage usage;
    private final Accounts accounts;
    private final LineVerifier verifier;
    private final BillingRun run;
    private final StatusChanges statusChanges;
    private final CreditNotes creditNotes;
    private final UsageReports usageReports;
    private final IdempotentChanges idempotentChanges;
    private final GenerationRecords generationRecords;

    private Billing(Settings settings, Database database, Optional<EvidenceSource> evidence, Clock clock) {
        BillingConfig config = BillingConfig.from(settings);
        this.meters = ConfigurationFolder.parse(settings, CountingSchedule::of).meters();
        Jdbi jdbi = database.jdbi();
        Ledger ledger = new Ledger(clock);
        PlanStore planStore = new PlanStore(jdbi, clock);
        this.database = database;
        this.clock = clock;
        this.evidence = evidence;
        this.plans = new LoadedPlans(jdbi, PlanYaml.load(settings, meters));
        this.planLoads = new PlanLoads(jdbi, plans, planStore, ledger, clock);
        this.overrides = new AccountOverrides(jdbi, plans, ledger, clock);
        this.usage = new PublishedUsage(jdbi, meters);
        this.accounts = new Accounts(jdbi, ledger, clock);
        this.verifier = new LineVerifier(jdbi, planStore, usage, evidence);
        this.statusChanges = new StatusChanges(jdbi, ledger);
        this.generationRecords = new GenerationRecords(jdbi, ledger);
        this.creditNotes = new CreditNotes(jdbi, ledger, clock);
        this.usageReports = new UsageReports(accounts, new PeriodLines(jdbi, usage, plans, planStore), usage, plans);
        this.idempotentChanges = new IdempotentChanges(jdbi, clock);
        this.run = new BillingRun(
                accounts,
                new PeriodCloses(jdbi, usage, ledger, config.grace(), clock),
                new DraftRun(jdbi, accounts, usage, plans, planStore, ledger, clock, config.batchSize()),
                new AdjustmentRun(jdbi, accounts, usage, plans, planStore, ledger, clock, config.batchSize()),
                new DocumentCheck(jdbi, verifier, ledger, clock),
                statusChanges,
                new Documents(jdbi),
                new UnregisteredUsage(jdbi),
                generationRecords,
                evidence.isPresent(),
                Progress.NONE);
    }

    /**
     * Opens billing as the settings say, with the raw events of the class path's {@link EvidenceProvider}.
     *
     * @throws ConfigurationException if there is none and the settings do not allow that
     */
    public static Billing open(Settings settings) {
        Optional<EvidenceSource> evidence = EvidenceProvider.find(settings);
        if (evidence.isEmpty() && BillingConfig.from(settings).requireEvidence()) {
            throw new ConfigurationException(
                    "No EvidenceProvider is on the class path, so invoices could not be checked against raw events:"
                            + " add the module 'app', or set 'billing.require-evidence' to false");
        }
        return open(settings, evidence, Clock.systemUTC());
    }

    /** Opens billing with given raw events and clock; closing it closes the raw events too. */
    public static Billing open(Settings settings, Optional<EvidenceSource> evidence, Clock clock) {
        Database database = BillingDatabase.open(settings);
        try {
            return new Billing(settings, database, evidence, clock);
        } catch (RuntimeException e) {
            database.close();
            evidence.ifPresent(EvidenceSource::close);
            throw e;
        }
    }

    public Accounts accounts() {
        return accounts;
    }

    /** The catalog in force now. */
    public PlanCatalog plans() {
        return plans.get();
    }

    /**
     * A registered account.
     *
     * @throws BillingException if it is not registered
     */
    public Account requireAccount(String account) {
        return accounts.find(account)
                .orElseThrow(() -> new BillingException(
                        BillingError.UNKNOWN_ACCOUNT,
                        "The account '%s' is not registered; its usage is counted but not billed".formatted(account)));
    }

    /** The database, for what is kept beside the books. */
    public Jdbi jdbi() {
        return database.jdbi();
    }

    public Clock clock() {
        return clock;
    }

    public PlanLoads planLoads() {
        return planLoads;
    }

    public AccountOverrides overrides() {
        return overrides;
    }

    public MeterCatalog meters() {
        return meters;
    }

    public ClosedUsage usage() {
        return usage;
    }

    public BillingRun run() {
        return run;
    }

    public Documents documents() {
        return new Documents(database.jdbi());
    }

    public StatusChanges statusChanges() {
        return statusChanges;
    }

    public UsageReports usageReports() {
        return usageReports;
    }

    public CreditNotes creditNotes() {
        return creditNotes;
    }

    public LineVerifier verifier() {
        return verifier;
    }

    public IdempotentChanges idempotentChanges() {
        return idempotentChanges;
    }

    public GenerationRecords generationRecords() {
        return generationRecords;
    }

    public Rollback rollback() {
        return new Rollback(database.jdbi(), generationRecords);
    }

    /** Writes the whole audit ledger to a file, as one snapshot has it. */
    public LedgerHead exportLedger(Path file) {
        return LedgerExport.write(database.jdbi(), file);
    }

    public LedgerReader ledgerReader() {
        return new LedgerReader(database.jdbi());
    }

    public LedgerVerifier ledgerVerifier() {
        return new LedgerVerifier(database.jdbi());
    }

    @Override
    public void close() {
        evidence.ifPresent(EvidenceSource::close);
        database.close();
    }
}
