using MudBlazor;

namespace AutoSlim.Host.Dashboard.Frame;

/// <summary>Colours whose text can be read on both grounds (contrast 4.5 at least), and the reader's own font.</summary>
public static class DashboardTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2f52c4",
            Info = "#1f5fa8",
            Success = "#146c43",
            Warning = "#8a5300",
            Error = "#b3261e",
            Background = "#f5f6fa",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b1f2a",
            TextPrimary = "#1b1f2a",
            TextSecondary = "#4d5466",
            ActionDefault = "#4d5466",
            LinesDefault = "#dfe2ea",
            TableLines = "#e4e7ee",
            LinesInputs = "#767d8f",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#9db4ff",
            PrimaryContrastText = "#10162b",
            Info = "#8fc2ff",
            Success = "#7ed9a6",
            SuccessContrastText = "#06210f",
            Warning = "#f2bd6b",
            WarningContrastText = "#2a1a00",
            Error = "#ff9d96",
            ErrorContrastText = "#2d0906",
            Background = "#12141b",
            Surface = "#1b1f2a",
            AppbarBackground = "#1b1f2a",
            AppbarText = "#e8eaf2",
            TextPrimary = "#e8eaf2",
            TextSecondary = "#b0b7c8",
            ActionDefault = "#b0b7c8",
            LinesDefault = "#343a4a",
            TableLines = "#2c3240",
            LinesInputs = "#8990a3",
        },
        Typography = new() { Default = new DefaultTypography { FontFamily = Fonts }, Button = new ButtonTypography { TextTransform = "none" } },
        LayoutProperties = new() { DefaultBorderRadius = "8px" },
    };
}
