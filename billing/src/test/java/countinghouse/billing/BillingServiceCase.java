package countinghouse.billing;

import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Books of two accounts and the service on them, anew for each test. */
@ExtendWith(BooksExtension.class)
abstract class BillingServiceCase {
    Books books;
    BillingService api;

    @BeforeEach
    void start(Books given) {
        books = given;
        api = new BillingService(books);
        api.registerAcmeAndOther();
    }

    @AfterEach
    void stop() {
        api.close();
    }
}
