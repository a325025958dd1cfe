package countinghouse.billing.command;

import countinghouse.billing.export.DocumentExports;
import countinghouse.billing.export.ExportFormat;
import countinghouse.billing.export.Issuer;
import countinghouse.billing.invoice.Document;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code invoices export}: documents as files. */
@Command(
        name = "export",
        description =
                "Write invoices, or pay-out statements, as files: a PDF for each, or one CSV, JSON or FOCUS file.",
        mixinStandardHelpOptions = true)
public final class InvoiceExportCommand implements Runnable {
    @Option(names = "--format", required = true, description = "pdf, csv, json or focus.")
    private String format;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "The file to write; for PDF, the directory.")
    private Path out;

    @Option(names = "--id", paramLabel = "ID", description = "Only this document.")
    private String id;

    @Mixin
    private DocumentChoice choice;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Settings settings = Settings.ofProcess();
        BillingSession.run(billing -> {
            ExportFormat wanted = parsed();
            DocumentExports exports = new DocumentExports(billing, Issuer.from(settings));
            List<Document> documents = id == null
                    ? choice.of(billing)
                    : List.of(billing.documents().get(id));
            try {
                write(exports, wanted, documents);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.BAD_INPUT, "Cannot write %s: %s".formatted(out, e.getMessage()), e);
            }
            spec.commandLine().getOut().printf("%d documents written to %s%n", documents.size(), out);
            spec.commandLine().getOut().flush();
        });
    }

    private ExportFormat parsed() {
        try {
            return ExportFormat.of(format);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        }
    }

    private void write(DocumentExports exports, ExportFormat wanted, List<Document> documents) throws IOException {
        if (wanted != ExportFormat.PDF) {
            Files.write(out, exports.write(wanted, documents));
            return;
        }
        Files.createDirectories(out);
        for (Document document : documents) {
            Files.write(out.resolve(document.id() + "." + wanted.extension()), exports.write(wanted, document));
        }
    }
}
