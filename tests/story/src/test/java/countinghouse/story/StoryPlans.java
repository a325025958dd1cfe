package countinghouse.story;

import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The story's own prices, round enough to be checked in one's head. */
final class StoryPlans {
    private static final List<String> BILLED = List.of("jobs_completed", "job_seconds", "tickets_sold");

    private static final String PLANS = """
            plans:
              - plan: vip
                version: 1
                kind: invoice
                tier: vip
                effective_from: "2027-01-01T00:00:00Z"
                currency: USD
                items:
                  - { id: base, description: VIP, price: { model: flat, amount: "500.00" } }
                  - { id: jobs, description: Jobs, meter: jobs_completed, price: { model: per_unit, unit_price: "0.10" } }
                  - { id: time, description: Seconds, meter: job_seconds, price: { model: per_unit, unit_price: "0.001" } }
                  - id: tickets
                    description: Tickets above 100, at a discount
                    meter: tickets_sold
                    percent_discount: "20"
                    price: { model: included_units, free_units: "100", overage: { model: per_unit, unit_price: "0.50" } }
              - plan: premium
                version: 1
                kind: invoice
                tier: premium
                effective_from: "2027-01-01T00:00:00Z"
                currency: USD
                items:
                  - id: jobs
                    description: Jobs
                    meter: jobs_completed
                    price:
                      model: graduated
                      tiers:
                        - { up_to: "10", unit_price: "1.00" }
                        - { up_to: "100", unit_price: "0.50" }
                        - { unit_price: "0.10" }
                  - { id: time, description: Seconds, meter: job_seconds, price: { model: per_unit, unit_price: "0.003" } }
                  - id: tickets
                    description: Tickets
                    meter: tickets_sold
                    price:
                      model: volume
                      tiers:
                        - { up_to: "10", unit_price: "2.00" }
                        - { unit_price: "1.50" }
              - plan: pro
                version: 1
                kind: invoice
                tier: pro
                effective_from: "2027-01-01T00:00:00Z"
                currency: USD
                items:
                  - { id: base, description: Pro, price: { model: flat, amount: "29.00" } }
                  - { id: jobs, description: Jobs, meter: jobs_completed, price: { model: per_unit, unit_price: "0.40" } }
                  - { id: time, description: Seconds, meter: job_seconds, price: { model: per_unit, unit_price: "0.005" } }
                  - { id: tickets, description: Tickets, meter: tickets_sold, price: { model: per_unit, unit_price: "0.90" } }
              - plan: free
                version: 1
                kind: invoice
                tier: free
                effective_from: "2027-01-01T00:00:00Z"
                currency: USD
                items:
                  - { id: jobs, description: Jobs, meter: jobs_completed, price: { model: allowance, free_units: "5", upsell: pro } }
                  - { id: time, description: Seconds, meter: job_seconds, price: { model: allowance, free_units: "100", upsell: pro } }
                  - { id: tickets, description: Tickets, meter: tickets_sold, price: { model: allowance, free_units: "5", upsell: pro } }
              - plan: creator
                version: 1
                kind: payout
                effective_from: "2027-01-01T00:00:00Z"
                currency: USD
                items:
                  - id: ad-share
                    description: 55 % of the revenue of ads in own videos
                    meter: ad_revenue
                    account_dimension: payee
                    price: { model: percentage, rate_percent: "55" }
            """;

    private StoryPlans() {}

    /** Writes the file that {@code billing.plans} names; every meter must be in one of its two lists. */
    static Path write(Path directory) throws IOException {
        List<String> unbilled = MeterCatalog.standard().meters().stream()
                .map(Meter::slug)
                .filter(slug -> !BILLED.contains(slug))
                .toList();
        String lists = "currencies: { USD: 2 }%nbilled_meters: %s%nunbilled_meters: %s%n".formatted(BILLED, unbilled);
        return Files.writeString(directory.resolve("plans.yaml"), lists + PLANS);
    }
}
