import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Checks PDF files against PDF/A-2a and PDF/UA-1; prints for each "FILE FLAVOUR yes|no" and what is broken. */
public final class Archival {
    private static final String[][] FLAVOURS = {{"2a", "PDFA-2A"}, {"ua1", "PDFUA-1"}};

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String[] flavour : FLAVOURS) {
            for (String file : files) {
                report(file, flavour[0], checked(file, flavour[0], profile(flavour[1])));
            }
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        try (InputStream in = Archival.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            return Profiles.profileFromXml(in);
        }
    }

    private static ValidationResult checked(String file, String flavour, ValidationProfile profile) throws Exception {
        PDFAFlavour asked = PDFAFlavour.fromString(flavour);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), asked);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            return validator.validate(parser);
        }
    }

    private static void report(String file, String flavour, ValidationResult result) {
        System.out.println(file + " " + flavour + " " + (result.isCompliant() ? "yes" : "no"));
        TreeSet<String> broken = new TreeSet<>();
        for (TestAssertion each : result.getTestAssertions()) {
            if (each.getStatus() == TestAssertion.Status.FAILED) {
                broken.add(each.getRuleId().getClause() + ": " + each.getMessage());
            }
        }
        broken.forEach(each -> System.out.println("  " + each));
    }
}
