package countinghouse.billing.export;

import countinghouse.kit.config.Settings;
import java.util.List;

/**
 * Who issues invoices, as it stands on them.
 *
 * @param name ({@code invoices.issuer-name})
 * @param address lines, separated by {@code |} in {@code invoices.issuer-address}
 * @param taxNote what is said about tax ({@code invoices.tax-note}); amounts are never taxed here
 */
public record Issuer(String name, List<String> address, String taxNote) {
    public static Issuer from(Settings settings) {
        String address = settings.text("invoices.issuer-address", "");
        return new Issuer(
                settings.text("invoices.issuer-name", "Countinghouse"),
                address.isEmpty() ? List.of() : List.of(address.split("\\|", -1)),
                settings.text("invoices.tax-note", "No tax is charged on this document."));
    }
}
